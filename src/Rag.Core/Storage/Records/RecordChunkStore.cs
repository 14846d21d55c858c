using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rag.Indexing;

namespace Rag.Storage.Records;

/// <summary>A store over a service that keeps records and searches vectors, and knows nothing of words: those are indexed here, in memory. Safe for concurrent use, also by several processes.</summary>
internal sealed class RecordChunkStore : IChunkStore
{
    private readonly IRecords _records;
    private readonly RecordWriter _writer;
    private readonly RecordSearch _search;
    private readonly KeywordModel _model;
    private readonly ConcurrentDictionary<string, TenantCatalog> _catalogs = new(StringComparer.Ordinal);

    private RecordChunkStore(IRecords records, RecordWriter writer, KeywordModel model)
    {
        (_records, _writer, _model) = (records, writer, model);
        _search = new(records);
    }

    /// <summary>Opens a store, which owns <paramref name="records"/> from then on, and finishes what killed writers left behind.</summary>
    public static async Task<IChunkStore> OpenAsync(IRecords records, KeywordModel model, TimeProvider clock, TimeSpan abandonedAfter, CancellationToken cancellationToken)
    {
        var store = new RecordChunkStore(records, new(records, clock, abandonedAfter), model);
        try
        {
            await store.GuardedAsync(async () =>
            {
                await store._writer.HealAsync(cancellationToken);
                return true;
            });
            return store;
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        ChunkRules.Check(document, chunks);
        return GuardedAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var catalog = CatalogOf(document.Tenant);
            if (chunks is [{ Vector.Length: > 0 and var size, Model: var model }, ..])
            {
                var added = new VectorSpace(model, size);
                if (Refuses(await catalog.KnownAsync(cancellationToken), out _) && Refuses(await catalog.ReadAsync(Task.FromResult<Catalog?>, cancellationToken), out var stored))
                {
                    throw new StoreException($"The store '{_records.Address}' holds vectors of {stored}, those of '{document.Id}' are of {added}; embed with the same model, or ingest into a new store.");
                }

                bool Refuses(Catalog known, out VectorSpace? stored) => (stored = known.Space(but: document.Id)) is not null && !stored.Accepts(added);
            }

            await catalog.PutAsync(await _writer.ReplaceAsync(document, chunks, cancellationToken));
            return true;
        });
    }

    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = await _writer.DeleteAsync(tenant, documentId, cancellationToken);
            await CatalogOf(tenant).RemoveAsync(documentId);
            return found;
        });
    }

    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync(() => OfNewestAsync(documentId, tenant, null, async head =>
        {
            string[] ids = [.. Enumerable.Range(0, head.Texts).Select(i => RecordId.Text(head.Write, i))];
            var texts = (await _records.ReadAsync(RecordId.ScopeOf(tenant), ids, 0, cancellationToken)).ToDictionary(r => r.Id, r => r.Body, StringComparer.Ordinal);
            return texts.Count == ids.Length ? StoredContents.Document(head, string.Concat(ids.Select(id => texts[id]))) : null;
        }, cancellationToken));
    }

    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync(async () => (await OfNewestAsync<IReadOnlyList<EmbeddedChunk>>(documentId, tenant, [], async head =>
        {
            string[] ids = [.. head.VectorIds()];
            var vectors = (await _records.ReadAsync(RecordId.ScopeOf(tenant), ids, head.Size, cancellationToken)).ToDictionary(r => RecordId.ChunkOf(r.Id), r => r.Vector);
            return vectors.Count == ids.Length && await CatalogOf(tenant).ChunksAsync([head], cancellationToken) is [var (_, chunks)]
                ? [.. chunks.Select((c, i) => new EmbeddedChunk(c, vectors.GetValueOrDefault(i, new float[head.Size])) { Model = head.Model })]
                : null;
        }, cancellationToken))!);
    }

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync<IReadOnlyList<StoredDocument>>(async () => [.. (await CurrentAsync(tenant, cancellationToken)).Heads.Values.Select(h => h.Listed)]);
    }

    public Task<IReadOnlyList<StoredDocument>> FindDocumentsAsync(IReadOnlyCollection<string> documentIds, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentIds);
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync<IReadOnlyList<StoredDocument>>(async () =>
        {
            var heads = (await CurrentAsync(tenant, cancellationToken)).Heads;
            return [.. documentIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(heads.ContainsKey).Select(id => heads[id].Listed)];
        });
    }

    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return GuardedAsync(async () => (await CurrentAsync(tenant, cancellationToken)).Space());
    }

    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var tenant = CatalogOf(query.Tenant);
        return GuardedAsync(() => tenant.ReadAsync<IReadOnlyList<ScoredChunk>>(
            async catalog =>
            {
                if (await tenant.IndexAsync(catalog, cancellationToken) is not var (index, heads))
                {
                    return null;
                }

                // A key of its own for each search: what a scope sees is worked out again, which costs little beside the requests.
                var hidden = heads.Values.Any(h => !Catalog.Sees(query, h));
                var scope = hidden ? new DocumentScope(Guid.NewGuid().ToString("n"), key => Catalog.Sees(query, heads[key])) : null;
                var hits = index.Search(query.Text, top, scope, query.Explain, query.Feedback, cancellationToken);
                return await _search.ReadAsync(query.Tenant, [.. hits.Select(h => new FoundChunk(heads[h.Document], h.Chunk, h.Score) { Terms = h.Terms })], cancellationToken);
            },
            cancellationToken));
    }

    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (vector.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var place)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Number {place} of the query's vector is {vector.Span[place]}; embed the question again."), nameof(vector));
        }

        return GuardedAsync(() => CatalogOf(query.Tenant).ReadAsync<IReadOnlyList<ScoredChunk>>(
            async catalog => catalog.Space() switch
            {
                null => [],
                { } stored when stored.Dimensions != vector.Length => throw new ArgumentException($"The query's vector has {vector.Length} numbers, the stored ones are of {stored}; embed the question with the same model.", nameof(vector)),
                _ => await _search.ReadAsync(query.Tenant, await _search.NearestAsync(vector, query, catalog, top, cancellationToken), cancellationToken),
            },
            cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        foreach (var catalog in _catalogs.Values)
        {
            catalog.Dispose();
        }

        _records.Dispose();
        return ValueTask.CompletedTask;
    }

    private TenantCatalog CatalogOf(string tenant) => _catalogs.GetOrAdd(tenant, t => new(_records, t, _model));

    private Task<Catalog> CurrentAsync(string tenant, CancellationToken cancellationToken) => CatalogOf(tenant).ReadAsync(Task.FromResult<Catalog?>, cancellationToken);

    /// <summary>What <paramref name="read"/> makes of a document; it is called again with the version after where it finds that this one is gone, which it says by <see langword="null"/>.</summary>
    private async Task<T?> OfNewestAsync<T>(string documentId, string tenant, T? none, Func<StoredHead, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; attempt < TenantCatalog.MaxTries; attempt++)
        {
            if (await _writer.NewestAsync(tenant, documentId, cancellationToken) is not { } head)
            {
                return none;
            }

            if (await read(head) is { } result)
            {
                return result;
            }
        }

        throw _writer.Missing(documentId);
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException)
        {
            throw new StoreException($"'{_records.Address}' holds records that this program did not write: {e.Message} Give the store a place of its own.", e);
        }
    }
}
