using Rag.Storage;
using Rag.Storage.Records;

namespace Rag.Pinecone;

/// <summary>A store in a serverless index of Pinecone (data plane API 2025-04), also for several processes at once.</summary>
/// <remarks>
/// The index is made beforehand, with the metric cosine and at least as many dimensions as the vectors: shorter ones are filled up with zeros, which changes no cosine. Each tenant is a namespace.
/// Pinecone searches the vectors, approximately. Its sparse vectors could not count just what a query may see, so words are searched here as in the SQLite store, scores included,
/// with an index in memory, which grows with the text and is made anew by each process: it reads all chunks of a tenant when it first searches words in it.
/// Documents that were added since are read before each search; to see whether there are any costs one small request, and after a change one for every 100 documents of the tenant.
/// Filters and groups are decided here too, over the list of documents; Pinecone is asked for the vectors of those that may be seen.
/// What is written is seen by readers a little later. A replacement or deletion returns when this process can read it, which the service tells by its log sequence numbers;
/// other processes may see the version before for some seconds, but always a whole one.
/// </remarks>
public static class PineconeChunkStore
{
    /// <summary>Opens a store, and finishes what killed writers left behind. It is safe for concurrent use.</summary>
    /// <param name="address">The index's host, such as <c>https://docs-abc1234.svc.aped-4627-b74a.pinecone.io</c>; the console shows it.</param>
    /// <param name="options">Key, patience and model; <see langword="null"/> for the defaults.</param>
    /// <param name="transport">What carries the requests, for proxies and tests; not disposed. <see langword="null"/> for the network.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="ArgumentException">The address is not that of a host, or not of http or https.</exception>
    /// <exception cref="StoreException">The index cannot be reached, refuses the key or compares by another metric.</exception>
    public static async Task<IChunkStore> OpenAsync(Uri address, PineconeStoreOptions? options = null, HttpMessageHandler? transport = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.AbsolutePath != "/")
        {
            throw new ArgumentException($"'{address}' is not the host of a Pinecone index; write it as https://INDEX_HOST, as Pinecone's console shows it.", nameof(address));
        }

        options ??= new();
        var records = await PineconeRecords.OpenAsync(new(address, options, transport), options.RetryDelay, options.Clock, cancellationToken);
        return await RecordChunkStore.OpenAsync(records, options.Model, options.Clock, options.AbandonedAfter, cancellationToken);
    }
}
