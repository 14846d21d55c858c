using System.Collections.Immutable;
using Rag.Indexing;

namespace Rag.Storage.Records;

/// <summary>The documents of a tenant as they were at a revision. Immutable.</summary>
/// <param name="Revision">The revision; <see langword="null"/> where nothing was ever written.</param>
/// <param name="Heads">The version of each document that counts, by document id.</param>
internal sealed record Catalog(string? Revision, ImmutableSortedDictionary<string, StoredHead> Heads)
{
    /// <summary>The space of the vectors, those of a named model before those of none.</summary>
    /// <param name="but">A document that does not count.</param>
    public VectorSpace? Space(string? but = null)
    {
        var nameless = default(VectorSpace);
        foreach (var head in Heads.Values.Where(h => h.Size > 0 && h.Id != but))
        {
            if (head.Model is not null)
            {
                return head.Space;
            }

            nameless ??= head.Space;
        }

        return nameless;
    }

    /// <summary>Whether a query may see a document.</summary>
    public static bool Sees(Query query, StoredHead head) =>
        (head.Groups.Count == 0 || head.Groups.Intersect(query.Groups, StringComparer.Ordinal).Any()) && query.Filter.Matches(field => Filter.ValuesOf(head.Described, field));
}

/// <summary>Keeps the list of a tenant's documents and the index of their words in memory, in step with the service. Safe for concurrent use.</summary>
/// <remarks>A record says at which revision the tenant is: while that is the known one, looking at it is all that a search costs. Else the ids of the documents are listed, and what is new is read.</remarks>
internal sealed class TenantCatalog(IRecords records, string tenant, KeywordModel model) : IDisposable
{
    // What was listed may be gone before it is read. A document that changes as often as this while it is read changes all the time.
    public const int MaxTries = 30;

    // Documents whose chunks are read at once: enough for the requests to be full, few enough for memory.
    private const int Batch = 64;

    private readonly string _scope = RecordId.ScopeOf(tenant);
    private readonly DocumentIndexer _indexer = new(model);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal); // of documents in the index, by the write that made them
    private volatile Catalog? _known;
    private KeywordIndex _index = new(model);
    private ImmutableDictionary<int, StoredHead> _indexed = ImmutableDictionary<int, StoredHead>.Empty;
    private int _lastKey;

    /// <summary>What <paramref name="read"/> makes of the documents as they are now. Where it finds that some are gone, which it says by <see langword="null"/>, it is called again.</summary>
    /// <exception cref="StoreException">They change faster than they can be read.</exception>
    public async Task<T> ReadAsync<T>(Func<Catalog, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await CurrentAsync(cancellationToken) is { } catalog && await read(catalog) is { } result)
            {
                return result;
            }
        }

        throw new StoreException($"The documents of tenant '{tenant}' in '{records.Address}' were replaced faster than they could be read, {MaxTries} times, or records of them are missing. Try again when less is written; if that does not help, ingest them again.");
    }

    /// <summary>The documents as they were when this process last looked, with what it wrote since.</summary>
    public async Task<Catalog> KnownAsync(CancellationToken cancellationToken) => _known ?? await ReadAsync(Task.FromResult<Catalog?>, cancellationToken);

    /// <summary>Takes in what this process has just written, so that it need not be read; the revision stays, since others may have written too.</summary>
    public async Task PutAsync(StoredHead head)
    {
        await _gate.WaitAsync();
        _known = _known is null ? null : _known with { Heads = _known.Heads.SetItem(head.Id, head) };
        _gate.Release();
    }

    public async Task RemoveAsync(string documentId)
    {
        await _gate.WaitAsync();
        _known = _known is null ? null : _known with { Heads = _known.Heads.Remove(documentId) };
        _gate.Release();
    }

    /// <summary>The words of exactly these documents, and the document of each of its keys; <see langword="null"/> where some are gone.</summary>
    public async Task<(KeywordIndex Index, ImmutableDictionary<int, StoredHead> Heads)?> IndexAsync(Catalog catalog, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var current = catalog.Heads.Values.Select(h => h.Write).ToHashSet(StringComparer.Ordinal);
            foreach (var (write, key) in _keys.Where(k => !current.Contains(k.Key)).ToList())
            {
                (_index, _indexed) = (_index.Remove(key), _indexed.Remove(key));
                _keys.Remove(write);
            }

            foreach (var batch in catalog.Heads.Values.Where(h => !_keys.ContainsKey(h.Write)).Chunk(Batch))
            {
                if (await ChunksAsync(batch, cancellationToken) is not { } chunks)
                {
                    return null;
                }

                var words = chunks.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(c => (c.Head, Words: _indexer.Index(c.Head.Id, c.Head.Language, c.Chunks)));
                foreach (var (head, document) in words)
                {
                    (_index, _indexed) = (_index.Add(++_lastKey, document), _indexed.Add(_lastKey, head));
                    _keys.Add(head.Write, _lastKey);
                }
            }

            return (_index, _indexed);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The chunks of documents in reading order; <see langword="null"/> where some are gone.</summary>
    public async Task<IReadOnlyList<(StoredHead Head, IReadOnlyList<Chunk> Chunks)>?> ChunksAsync(IReadOnlyList<StoredHead> heads, CancellationToken cancellationToken)
    {
        string[] ids = [.. heads.SelectMany(h => h.PackIds())];
        var read = (await records.ReadAsync(_scope, ids, 0, cancellationToken)).ToDictionary(r => r.Id, r => r.Body, StringComparer.Ordinal);
        return read.Count < ids.Length ? null : [.. heads.Select(h => (h, (IReadOnlyList<Chunk>)[.. h.PackIds().Index().SelectMany(p => StoredContents.Chunks(h, read[p.Item], h.PackStarts!.Starts[p.Index]))]))];
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Catalog?> CurrentAsync(CancellationToken cancellationToken)
    {
        var revision = await RevisionAsync(cancellationToken);
        if (_known is { } known && known.Revision == revision)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Read before the list: what changes in between gives a revision that is not this one.
            revision = await RevisionAsync(cancellationToken);
            if (_known is { } caughtUp && caughtUp.Revision == revision)
            {
                return caughtUp;
            }

            var newest = (await records.ListAsync(_scope, RecordId.Head, null, cancellationToken)).GroupBy(RecordId.GroupOf).Select(g => g.Max(StringComparer.Ordinal)!).ToHashSet(StringComparer.Ordinal);
            var heads = (_known?.Heads.Values ?? []).Where(h => newest.Remove(RecordId.OfHead(h))).ToList();
            var added = await records.ReadAsync(_scope, [.. newest], 0, cancellationToken);
            heads.AddRange(added.Select(r => StoredContents.Head(r.Body)));
            return added.Count < newest.Count ? null : _known = new(revision, heads.ToImmutableSortedDictionary(h => h.Id, h => h, StringComparer.Ordinal));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string?> RevisionAsync(CancellationToken cancellationToken) =>
        (await records.ReadAsync(_scope, [RecordId.Revision(_scope)], 0, cancellationToken)) is [var record, ..] ? record.Body : null;
}
