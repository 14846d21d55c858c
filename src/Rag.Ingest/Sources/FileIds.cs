using Rag.Storage;

namespace Rag.Ingest.Sources;

/// <summary>Which document is that of a file. A file that an earlier sync stored keeps its id, even if a folder further down or up is given this time.</summary>
/// <param name="stored">What the store has.</param>
internal sealed class FileIds(IReadOnlyList<StoredDocument> stored)
{
    private readonly Dictionary<string, string> _byPath = stored.Where(IsSynced).DistinctBy(d => d.Path, SourceFiles.PathComparer).ToDictionary(d => d.Path!, d => d.Id, SourceFiles.PathComparer);

    /// <summary>The id that its document has or gets.</summary>
    public string Of(FoundFile file) => _byPath.GetValueOrDefault(file.Path, file.DocumentId);

    /// <summary>Synced documents of the searched folders whose file is gone; none in a folder that could not be listed.</summary>
    public static IReadOnlyList<StoredDocument> Missing(SourceFiles files, IReadOnlyList<StoredDocument> stored, IEnumerable<string> found)
    {
        var kept = found.ToHashSet(StringComparer.Ordinal);
        return [.. stored.Where(d => IsSynced(d) && !kept.Contains(d.Id)
            && files.Folders.Any(folder => SourceFiles.IsUnder(d.Path!, folder))
            && !files.Unreadable.Any(folder => SourceFiles.IsUnder(d.Path!, folder))
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
}
