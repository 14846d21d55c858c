using Rag.Ingest.Sources.Web;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>What a store had of a tenant when a sync began, found by id and by what it stands in.</summary>
/// <param name="documents">All of them, ordered by id (ordinal).</param>
internal sealed class StoredDocuments(IReadOnlyList<StoredDocument> documents)
{
    /// <summary>The document of that id; <see langword="null"/> for none.</summary>
    public StoredDocument? Find(string id) => At(id) is var at && at < documents.Count && documents[at].Id == id ? documents[at] : null;

    /// <summary>With what the ids of a container's entries begin: its own and a slash; behind an address also a <c>#</c>, since other pages may lie below it.</summary>
    public static string PrefixOf(string containerId) => WebAddress.IsOne(containerId) && !containerId.Contains('#', StringComparison.Ordinal) ? containerId + "#/" : containerId + "/";

    /// <summary>Documents whose ids begin as those of a container's entries do.</summary>
    public IEnumerable<StoredDocument> Under(string id)
    {
        var prefix = PrefixOf(id);
        for (var at = At(prefix); at < documents.Count && documents[at].Id.StartsWith(prefix, StringComparison.Ordinal); at++)
        {
            yield return documents[at];
        }
    }

    /// <summary>Whether a document came out of the container that lies or lay at <paramref name="containerPath"/>: id and path go on alike behind those of the container.</summary>
    public static bool IsInside(StoredDocument document, string containerId, string? containerPath)
    {
        var rest = document.Id.AsSpan(containerId.Length);
        return containerPath is not null && document.Path is { } path && path.Length == containerPath.Length + rest.Length
            && path.StartsWith(containerPath, StringComparison.Ordinal) && path.AsSpan(containerPath.Length).SequenceEqual(rest);
    }

    // the first that is not before the id
    private int At(string id)
    {
        var (low, high) = (0, documents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(documents[middle].Id, id) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
