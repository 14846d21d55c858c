using Rag.Storage;

namespace Rag.Ingest;

/// <summary>One file and what the store has of it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="DocumentId">The id it has or gets.</param>
/// <param name="IsNamed">Whether it was given by itself, not found in a folder.</param>
/// <param name="Stored">What the store has under that id, if anything.</param>
/// <param name="Error">Why it cannot be synced, if it cannot.</param>
internal sealed record PlannedFile(string Path, string DocumentId, bool IsNamed, StoredDocument? Stored, string? Error);

/// <summary>Compares the files found with the documents stored, before any file is read.</summary>
internal static class SyncPlan
{
    /// <summary>The files in order of id. A file that an earlier sync stored keeps its id, even if a folder further down or up is given this time.</summary>
    public static IReadOnlyList<PlannedFile> Of(SourceFiles sources, IReadOnlyList<StoredDocument> stored, bool takesOver)
    {
        var byId = stored.ToDictionary(d => d.Id, StringComparer.Ordinal);
        var byPath = stored.Where(IsSynced).DistinctBy(d => d.Path, SourceFiles.PathComparer).ToDictionary(d => d.Path!, SourceFiles.PathComparer);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var plan = new List<PlannedFile>();
        foreach (var file in sources.Files)
        {
            var id = byPath.TryGetValue(file.Path, out var known) ? known.Id : file.DocumentId;
            var here = byId.GetValueOrDefault(id);
            var error = taken.TryGetValue(id, out var other) ? Collision(id, other) : here is null || takesOver ? null : Conflict(here, file.Path);
            taken.TryAdd(id, file.Path);
            plan.Add(new(file.Path, id, file.IsNamed, here, error));
        }

        return plan;
    }

    /// <summary>Synced documents of the searched folders whose file is gone; none in a folder that could not be listed.</summary>
    public static IReadOnlyList<StoredDocument> Missing(SourceFiles sources, IReadOnlyList<StoredDocument> stored, IReadOnlyList<PlannedFile> plan)
    {
        var kept = plan.Select(f => f.DocumentId).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Where(d => IsSynced(d) && !kept.Contains(d.Id)
            && sources.Folders.Any(folder => SourceFiles.IsUnder(d.Path!, folder))
            && !sources.Unreadable.Any(folder => SourceFiles.IsUnder(d.Path!, folder))
            && !IsThere(d.Path!))];
    }

    // an entry is there as long as its container is: what becomes of it is found out when that is read
    private static bool IsThere(string? path)
    {
        while (path is not null && !File.Exists(path))
        {
            path = Directory.Exists(path) ? null : Path.GetDirectoryName(path);
        }

        return path is not null;
    }

    // The id of every synced document is the end of its path; a caller's own documents, stored by other means, are not ours to delete or rename.
    private static bool IsSynced(StoredDocument document)
    {
        var path = document.Path?.Replace(Path.DirectorySeparatorChar, '/');
        return path is not null && path.EndsWith("/" + document.Id, StringComparison.Ordinal);
    }

    private static string? Conflict(StoredDocument stored, string path) => stored.Path switch
    {
        null => $"The store has a document '{stored.Id}' that came from no file; delete it, or rename this file.",
        var old when SourceFiles.PathComparer.Equals(old, path) || !File.Exists(old) => null,
        var old => Collision(stored.Id, old),
    };

    private static string Collision(string id, string other) =>
        $"Its document would be '{id}', which is that of '{other}' already; ingest their common parent folder instead.";
}
