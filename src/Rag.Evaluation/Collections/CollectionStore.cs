using Rag.Indexing;
using Rag.Storage;

namespace Rag.Evaluation.Collections;

/// <summary>A collection in memory as a store, so that every retriever can be measured on it. Everything is open to everybody: tenants, groups and filters do not count, and there are no vectors.</summary>
/// <param name="model">How words are found and weighed.</param>
public sealed class CollectionStore(KeywordModel model) : IChunkStore
{
    private readonly Lock _gate = new();
    private readonly DocumentIndexer _indexer = new(model);
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly List<(Document Document, IReadOnlyList<EmbeddedChunk> Chunks)> _documents = [];
    private KeywordIndex _index = new(model);

    /// <summary>Stores a document as one retrieval unit, its title indexed with its text.</summary>
    public Task AddAsync(CollectionDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var stored = new Document(document.Id, document.Title, document.Text, []);
        return ReplaceDocumentAsync(stored, [new(Chunk.Of(stored, 0, new(0, document.Text.Length)))], cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        cancellationToken.ThrowIfCancellationRequested();
        var indexed = _indexer.Index(document.Id, document.Language, [.. chunks.Select(c => c.Chunk)]);
        lock (_gate)
        {
            var index = _keys.Remove(document.Id, out var old) ? _index.Remove(old) : _index;
            _keys.Add(document.Id, _documents.Count);
            _index = index.Add(_documents.Count, indexed);
            _documents.Add((document, chunks));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_keys.Remove(documentId, out var key))
            {
                return Task.FromResult(false);
            }

            _index = _index.Remove(key);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_keys.TryGetValue(documentId, out var key) ? _documents[key].Document : null);
        }
    }

    /// <inheritdoc/>
    /// <inheritdoc/>
    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default) => Task.FromResult<VectorSpace?>(null); // words only

    /// <remarks>Nothing says when a document was stored; the time is the beginning of 1970.</remarks>
    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StoredDocument>>([.. _keys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => _documents[k.Value])
                .Select(d => new StoredDocument(d.Document.Id, d.Document.Title, d.Document.MediaType, d.Chunks.Count, DateTimeOffset.UnixEpoch, d.Document.Version, d.Document.Path, d.Document.Tags))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        KeywordIndex index;
        lock (_gate)
        {
            index = _index;
        }

        var hits = index.Search(query.Text, top, explain: query.Explain, feedback: query.Feedback, cancellationToken: cancellationToken);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. hits.Select(h => new ScoredChunk(_documents[h.Document].Chunks[h.Chunk].Chunk, h.Score) { Terms = h.Terms })]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ScoredChunk>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
