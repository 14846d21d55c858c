using Rag.Storage;

namespace Rag.Ingest.Sources;

/// <summary>Says what there is to ingest at one place: files, pages of a web site, a stream. Safe for concurrent use unless it says otherwise.</summary>
/// <remarks>
/// A source finds and gives bytes; it neither reads formats nor writes to a store. What it gives is data of others: an id or a path that comes from outside is
/// made clean before it is given. A fault of one item is a <see cref="SourceItem.Failed"/>, never the end of the search.
/// </remarks>
public interface IDocumentSource
{
    /// <summary>Finds what there is, as it is found: the pipeline asks for the next item when it has room for it.</summary>
    /// <param name="sync">What the store has and what the sync is to do.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Items in an order that is the same for the same source; <see cref="SourceItem.Gone"/> only for documents that came from this source, and only where it is certain.</returns>
    IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, CancellationToken cancellationToken = default);
}

/// <summary>What a source may know of the sync that it is found for.</summary>
/// <param name="Options">What the sync is to do.</param>
/// <param name="Stored">The documents that the store had of the tenant when the sync began, ordered by id (ordinal).</param>
/// <param name="IsCurrent">Whether a stored document has the settings of this sync (chunker, labels, embedding model): then it need not be read again if its source knows that it has not changed.</param>
public sealed record SyncContext(SyncOptions Options, IReadOnlyList<StoredDocument> Stored, Func<StoredDocument, bool> IsCurrent);
