using System.Globalization;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>A store in one collection of a Qdrant server, for several machines at once. Safe for concurrent use, also by several processes.</summary>
/// <remarks>
/// Words are searched with BM25 over sparse vectors: the server weighs rarity among just the chunks that a query may see (Qdrant 1.19 and newer; older servers do not weigh rarity,
/// because they could only do so across tenants), lengths compare with a constant, and a query with <see cref="Query.Feedback"/> is refused. A search is one request,
/// one more for each range in its filter, and more where equal scores go on beyond its end. Results are those of the server, which may compare many vectors approximately.
/// </remarks>
public sealed class QdrantChunkStore : IHybridStore
{
    private readonly QdrantClient _client;
    private readonly QdrantCollection _collection;
    private readonly DocumentWriter _writer;
    private readonly ChunkSearch _search;
    private readonly QdrantFusion _fusion;

    private QdrantChunkStore(QdrantClient client, QdrantCollection collection, QdrantStoreOptions options)
    {
        (_client, _collection, _fusion) = (client, collection, options.Fusion);
        _writer = new(client, options);
        _search = new(client, collection);
    }

    /// <summary>The server's version.</summary>
    public Version ServerVersion => _collection.Version;

    /// <summary>No: learning takes the statistics of every word that the best passages hold, of just what the query may see, which a server does not give in one search.</summary>
    public bool LearnsFromFeedback => false;

    /// <summary>Whether words count by how rare they are; <see langword="false"/> on servers before Qdrant 1.19 and in collections that were made there.</summary>
    public bool WeighsRarity => _collection.CountsVisible;

    /// <summary>Opens a store, and finishes what killed writers left behind.</summary>
    /// <param name="address">Server and collection, such as <c>http://localhost:6333/docs</c>.</param>
    /// <param name="options">Key, patience and layout; <see langword="null"/> for the defaults.</param>
    /// <param name="create">Whether to make the collection where there is none; otherwise that is an error.</param>
    /// <param name="transport">What carries the requests, for proxies and tests; not disposed. <see langword="null"/> for the network.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="ArgumentException">The address names no collection, or is not of http or https.</exception>
    /// <exception cref="StoreException">The server cannot be reached, refuses the key or is too old, or the collection is another program's or does not exist.</exception>
    public static Task<QdrantChunkStore> OpenAsync(Uri address, QdrantStoreOptions? options = null, bool create = true, HttpMessageHandler? transport = null, CancellationToken cancellationToken = default)
    {
        QdrantClient.ThrowIfNoCollection(address);
        return Guarded(async () =>
        {
            options ??= new();
            var client = new QdrantClient(address, options, transport);
            try
            {
                var store = new QdrantChunkStore(client, await QdrantCollection.OpenAsync(client, options.Collection, create, cancellationToken), options);
                await store._writer.HealAsync(cancellationToken);
                return store;
            }
            catch
            {
                client.Dispose();
                throw;
            }
        });
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A chunk is not of the document (its id must be <c>documentId#index</c>, its text the document's at its span), or some chunks have vectors of another length or model than the first, or with a number that is not finite.</exception>
    public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        ChunkRules.Check(document, chunks);
        return Guarded(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chunks is [{ Vector.Length: > 0 and var size, Model: var model }, ..])
            {
                var added = new VectorSpace(model, size);
                if (await SpaceAsync(document.Tenant, document.Id, cancellationToken) is { } stored && !stored.Accepts(added))
                {
                    throw new StoreException($"The store '{_client.Address}' holds vectors of {stored}, those of '{document.Id}' are of {added}; embed with the same model, or ingest into a new store.");
                }

                await _collection.TakeAsync(size, cancellationToken);
            }

            await _writer.ReplaceAsync(document, chunks, cancellationToken);
            return true;
        });
    }

    /// <inheritdoc/>
    /// <remarks>The document changes in one step, its chunks in the next: a search in between may filter them by the earlier findings.</remarks>
    public Task<bool> ReplaceFindingsAsync(string documentId, string version, IReadOnlyList<DocumentFinding> findings, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded(async () => await _client.RetrieveAsync(StoredPoints.DocumentId(tenant, documentId), cancellationToken) is { Payload: var stored } && (stored.Version ?? "") == version
            && await _writer.ReplaceFindingsAsync(StoredPoints.Document(stored) with { Findings = findings }, stored.Write, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded(() => _writer.DeleteAsync(documentId, tenant, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded(async () => await _client.RetrieveAsync(StoredPoints.DocumentId(tenant, documentId), cancellationToken) is { } point ? StoredPoints.Document(point.Payload) : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded<IReadOnlyList<EmbeddedChunk>>(async () =>
        {
            if (await _client.RetrieveAsync(StoredPoints.DocumentId(tenant, documentId), cancellationToken) is not { Payload: var head })
            {
                return [];
            }

            var points = new List<Point>();
            var filter = Condition.And(
                Condition.Is("tenant", tenant),
                Condition.Is("document", documentId),
                Visibility.Chunks,
                Condition.Is("write", head.Write));
            await foreach (var point in _client.ScrollAsync(filter, null, cancellationToken, withVector: true))
            {
                points.Add(point);
            }

            return [.. points.OrderBy(p => p.Payload.Index).Select(p => new EmbeddedChunk(StoredPoints.Chunk(p.Payload), p.Vector?.Dense ?? default) { Model = head.Model })];
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded<IReadOnlyList<StoredDocument>>(async () =>
        {
            var documents = new List<StoredDocument>();
            await foreach (var point in _client.ScrollAsync(Condition.And(Condition.Is("tenant", tenant), Visibility.Documents), StoredPoints.WithoutText, cancellationToken))
            {
                documents.Add(StoredPoints.Listed(point.Payload));
            }

            documents.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
            return documents;
        });
    }

    /// <inheritdoc/>
    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Guarded(() => SpaceAsync(tenant, null, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return Guarded(() =>
        {
            ThrowIfLearning(query);
            return _search.KeywordsAsync(query, top, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default) =>
        NearestAsync(vector, query, top, () => _search.VectorsAsync(vector, query, top, cancellationToken), cancellationToken);

    /// <summary>Chunks near to a vector that differ from each other, chosen by the server (maximal marginal relevance, Carbonell and Goldstein, SIGIR 1998): one request.</summary>
    /// <remarks>
    /// Result after result is the candidate with the highest <c>lambda * cosine - (1 - lambda) * highest cosine to a result so far</c>. In the order of choice; scores are the cosines to the query and need not descend.
    /// <c>MmrRetriever</c> does the same over any retriever, with relevance scaled to 0 to 1.
    /// </remarks>
    /// <param name="vector">Embedding of the query, shape [d], made with the model of the stored vectors.</param>
    /// <param name="query">What may be seen; its text is not used.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="lambda">Weight of relevance, 0 to 1; 1 gives the nearest. Default 0.7.</param>
    /// <param name="depth">Candidates to choose among, 1 to 16,384; where more results are asked for, that many. Default 100.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The vector's length differs from that of the stored vectors, or a number in it is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is below 0 or above 1, or <paramref name="depth"/> out of its range.</exception>
    /// <exception cref="StoreException">The server cannot do it now; the message says why and what to do.</exception>
    public Task<IReadOnlyList<ScoredChunk>> SearchDiverseAsync(ReadOnlyMemory<float> vector, Query query, int top, double lambda = 0.7, int depth = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lambda, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, ChunkSearch.MaxTied);
        return NearestAsync(vector, query, top, () => _search.DiverseAsync(vector, query, top, lambda, depth, cancellationToken), cancellationToken);
    }

    /// <summary>Documents by their best chunk that holds words of the query, each with its best chunks; the server groups them: one request. Best first; ties by document id (ordinal).</summary>
    /// <remarks>Among very many chunks of few documents the server may give fewer than there are: it searches for groups a limited number of times.</remarks>
    /// <param name="query">The words and what may be seen; a query without a known word finds nothing.</param>
    /// <param name="top">Upper bound on the documents, at least 1.</param>
    /// <param name="chunks">Upper bound on the chunks of each, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="StoreException">The server cannot do it now; the message says why and what to do.</exception>
    public Task<IReadOnlyList<ScoredDocument>> SearchDocumentsAsync(Query query, int top, int chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
        return Guarded(() =>
        {
            ThrowIfLearning(query);
            return _search.DocumentsAsync(query, top, chunks, cancellationToken);
        });
    }

    /// <summary>Documents by their chunk nearest to a vector, each with its nearest chunks; otherwise as the search by words.</summary>
    /// <param name="vector">Embedding of the query, shape [d], made with the model of the stored vectors.</param>
    /// <param name="query">What may be seen; its text is not used.</param>
    /// <param name="top">Upper bound on the documents, at least 1.</param>
    /// <param name="chunks">Upper bound on the chunks of each, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The vector's length differs from that of the stored vectors, or a number in it is not finite.</exception>
    /// <exception cref="StoreException">The server cannot do it now; the message says why and what to do.</exception>
    public Task<IReadOnlyList<ScoredDocument>> SearchDocumentsAsync(ReadOnlyMemory<float> vector, Query query, int top, int chunks, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunks, 1);
        return NearestAsync(vector, query, top, () => _search.DocumentsAsync(vector, query, top, chunks, cancellationToken), cancellationToken);
    }

    /// <summary>Chunks by words and by vector, fused by the server: one request. Best first; ties by chunk id (ordinal).</summary>
    /// <param name="vector">Embedding of the query, shape [d], made with the model of the stored vectors.</param>
    /// <param name="query">The words and what may be seen.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="fusion">How the two lists become one.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">The vector's length is not one that the collection takes, or a number of it is not finite.</exception>
    /// <exception cref="StoreException">The server cannot do it now; the message says why and what to do.</exception>
    public async Task<IReadOnlyList<ScoredChunk>> SearchHybridAsync(ReadOnlyMemory<float> vector, Query query, int top, QdrantFusion fusion, CancellationToken cancellationToken = default) =>
        await HybridAsync(vector, query, top, fusion, cancellationToken) is { } found
            ? found.Chunks
            : throw new ArgumentException($"The store '{_client.Address}' has no vectors of {vector.Length} numbers; embed the question with the model that the documents were ingested with.", nameof(vector));

    async Task<HybridResult> IHybridStore.SearchHybridAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken)
    {
        var found = await HybridAsync(vector, query, top, _fusion, cancellationToken) ?? new([], null);
        return found.Vectors is null ? found with { Vectors = await GetVectorSpaceAsync(query.Tenant, cancellationToken) } : found;
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The space of a tenant's vectors, those of a named model before those of none.</summary>
    private async Task<VectorSpace?> SpaceAsync(string tenant, string? but, CancellationToken cancellationToken)
    {
        var filter = Condition.And(
            Condition.Is("tenant", tenant),
            Visibility.Documents,
            new() { MustNot = but is null ? [Condition.Empty("dimensions")] : [Condition.Empty("dimensions"), Condition.Is("document", but)] });
        foreach (var named in (Condition[])[new() { MustNot = [Condition.Empty("model")] }, Condition.All])
        {
            var page = await _client.SendAsync(
                HttpMethod.Post,
                _client.PathOf("/points/scroll"),
                new ScrollRequest(Condition.And(filter, named), 1) { WithPayload = StoredPoints.WithoutText },
                QdrantJson.Default.ScrollRequest,
                QdrantJson.Default.ReplyScrollResult,
                cancellationToken);
            if (page.Points is [var point, ..])
            {
                return StoredPoints.Space(point.Payload);
            }
        }

        return null;
    }

    private Task<IReadOnlyList<T>> NearestAsync<T>(ReadOnlyMemory<float> vector, Query query, int top, Func<Task<IReadOnlyList<T>>> search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return Guarded(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfNotFinite(vector);
            var found = await _collection.TakesAsync(vector.Length, cancellationToken) ? await search() : [];
            return found.Count > 0 || await SpaceAsync(query.Tenant, null, cancellationToken) is not { } stored || stored.Dimensions == vector.Length
                ? found
                : throw new ArgumentException($"The query's vector has {vector.Length} numbers, the stored ones are of {stored}; embed the question with the same model.", nameof(vector));
        });
    }

    /// <summary><see langword="null"/> where the collection takes no vectors of this length.</summary>
    private Task<HybridResult?> HybridAsync(ReadOnlyMemory<float> vector, Query query, int top, QdrantFusion fusion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return Guarded(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfLearning(query);
            ThrowIfNotFinite(vector);
            if (fusion is QdrantFusion.ReciprocalRank { IsWeighted: true } && !_collection.WeighsRanks)
            {
                throw new StoreException($"The Qdrant server '{_client.Server}' is of version {ServerVersion} and would ignore the weights of the fusion. Leave them at 1, or use Qdrant 1.17 or newer.");
            }

            return await _collection.TakesAsync(vector.Length, cancellationToken) ? await _search.HybridAsync(vector, query, top, fusion, cancellationToken) : null;
        });
    }

    private void ThrowIfLearning(Query query)
    {
        if (query.Feedback is not null)
        {
            throw new StoreException($"The store '{_client.Address}' cannot learn from the passages that it finds first. Leave Query.Feedback out, or search with --retriever default, bm25, dense or hybrid.");
        }
    }

    private static void ThrowIfNotFinite(ReadOnlyMemory<float> vector)
    {
        if (vector.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var place)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Number {place} of the query's vector is {vector.Span[place]}; embed the question again."), nameof(vector));
        }
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (QdrantException e)
        {
            throw new StoreException(e.Message, e);
        }
    }
}
