using System.Collections.ObjectModel;
using Rag.Ingest.Sources;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>One thing to ingest and what the store has of it.</summary>
/// <param name="Path">Full path or address.</param>
/// <param name="DocumentId">The id it has or gets.</param>
/// <param name="IsNamed">Whether it was given by itself, not found in a folder.</param>
/// <param name="Stored">What the store has under that id, if anything.</param>
/// <param name="Error">Why it cannot be synced, if it cannot.</param>
internal sealed record PlannedFile(string Path, string DocumentId, bool IsNamed, StoredDocument? Stored, string? Error)
{
    /// <summary>Labels that its source gives; an empty value takes a label away.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Decides which document an item may be, before its bytes are read. Not safe for concurrent use.</summary>
internal sealed class SyncPlan(StoredDocuments stored, bool takesOver)
{
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>The item with what the store has of it; <see langword="null"/> where it was given before.</summary>
    public PlannedFile? Of(SourceItem.Found item)
    {
        var here = stored.Find(item.DocumentId);
        var error = here is null || takesOver ? null : Conflict(here, item.Path);
        if (!_taken.TryAdd(item.DocumentId, item.Path))
        {
            if (_taken[item.DocumentId] == item.Path)
            {
                return null;
            }

            error = Collision(item.DocumentId, _taken[item.DocumentId]);
        }

        return new(item.Path, item.DocumentId, item.IsNamed, here, error) { Tags = item.Tags };
    }

    // the place of a file that is not there any more can be taken: it was moved
    private static string? Conflict(StoredDocument stored, string path) => stored.Path switch
    {
        null => $"The store has a document '{stored.Id}' that came from no file; delete it, or rename this file.",
        var old when SourceFiles.PathComparer.Equals(old, path) || (Path.IsPathRooted(old) && !File.Exists(old)) => null,
        var old => Collision(stored.Id, old),
    };

    private static string Collision(string id, string other) =>
        $"Its document would be '{id}', which is that of '{other}' already; ingest their common parent folder instead.";
}
