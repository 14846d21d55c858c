using Rag.Storage;
using Rag.Storage.Records;

namespace Rag.Chroma;

/// <summary>A store in collections of a Chroma server (REST API v2, Chroma 0.6 and newer, and Chroma Cloud), also for several processes at once.</summary>
/// <remarks>
/// Chroma searches the vectors, approximately. It has no ranking by words that would count just what a query may see, so words are searched here as in the SQLite store, scores included,
/// with an index in memory, which grows with the text and is made anew by each process: it reads all chunks of a tenant when it first searches words in it.
/// Documents that were added since are read before each search; to see whether there are any costs one small request, and after a change one for every 300 documents of the tenant.
/// Filters and groups are decided here too, over the list of documents; Chroma is asked for the vectors of those that may be seen.
/// Texts are in the collection of the name that is given, vectors of 384 numbers in <c>name-384</c> beside it.
/// </remarks>
public static class ChromaChunkStore
{
    /// <summary>Opens a store, and finishes what killed writers left behind. It is safe for concurrent use.</summary>
    /// <param name="address">Server and collection, such as <c>http://localhost:8000/docs</c>, with Chroma's tenant and database where they are not the default ones: <c>https://api.trychroma.com/tenant/database/docs</c>.</param>
    /// <param name="options">Key, patience and model; <see langword="null"/> for the defaults.</param>
    /// <param name="create">Whether to make the collection where there is none; otherwise that is an error.</param>
    /// <param name="transport">What carries the requests, for proxies and tests; not disposed. <see langword="null"/> for the network.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="ArgumentException">The address names no collection, or is not of http or https.</exception>
    /// <exception cref="StoreException">The server cannot be reached or refuses the key, or the collection is another program's or does not exist.</exception>
    public static async Task<IChunkStore> OpenAsync(Uri address, ChromaStoreOptions? options = null, bool create = true, HttpMessageHandler? transport = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.AbsolutePath.Trim('/').Split('/') is not ([{ Length: > 0 }] or [_, _, { Length: > 0 }]))
        {
            throw new ArgumentException($"'{address}' names no collection of a Chroma server; write it as http://host:8000/collection.", nameof(address));
        }

        options ??= new();
        var records = await ChromaRecords.OpenAsync(new(address, options, transport), options.MaxResults, create, cancellationToken);
        return await RecordChunkStore.OpenAsync(records, options.Model, options.Clock, options.AbandonedAfter, cancellationToken);
    }
}
