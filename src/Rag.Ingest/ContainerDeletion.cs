using Rag.Enrichment;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Deletes documents together with what came out of them.</summary>
public static class ContainerDeletion
{
    /// <summary>Deletes a document and, where it is a container, the documents of its entries.</summary>
    /// <param name="store">The store.</param>
    /// <param name="documentId">Its id. The id of an entry deletes that entry and what is inside it; it comes back when the container changes.</param>
    /// <param name="tenant">Whose it is. Default the empty string.</param>
    /// <param name="cancellationToken">Stops between two documents; the container itself goes last, so that deleting it again goes on.</param>
    /// <returns>The ids that were deleted, that of the document last; none where there was no such document.</returns>
    /// <exception cref="StoreException">The store cannot do it now.</exception>
    public static async Task<IReadOnlyList<string>> DeleteWithEntriesAsync(this IChunkStore store, string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(documentId);
        var documents = await store.ListDocumentsAsync(tenant, cancellationToken);
        var stored = new StoredDocuments(documents);
        if (stored.Find(documentId) is not { } container)
        {
            return [];
        }

        string[] ids = [.. stored.Under(documentId).Where(d => StoredDocuments.IsInside(d, documentId, container.Path)).Select(d => d.Id), documentId];
        foreach (var id in ids)
        {
            await store.DeleteDocumentAsync(id, tenant, cancellationToken);
        }

        if (NearDuplicates.AreTracked(documents))
        {
            await NearDuplicates.UpdateAsync(store, tenant, cancellationToken); // no other document names a deleted one
        }

        return ids;
    }
}
