using Rag.Indexing;
using Rag.Storage;

namespace Rag.Evaluation.Collections;

/// <summary>A collection in memory as a store, so that every retriever can be measured on it. Everything is open to everybody: tenants, groups and filters do not count.</summary>
/// <param name="model">How words are found and weighed.</param>
public sealed class CollectionStore(KeywordModel model) : IChunkStore
{
    private readonly Lock _gate = new();
    private readonly DocumentIndexer _indexer = new(model);
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly List<(Document Document, IReadOnlyList<EmbeddedChunk> Chunks)> _documents = [];
    private KeywordIndex _index = new(model);
    private VectorIndex _vectors = new VectorIndex();
    private VectorSpace? _space;

    /// <summary>Stores a document as one retrieval unit, its title indexed with its text.</summary>
    public Task AddAsync(CollectionDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var whole = document.ToDocument();
        return ReplaceDocumentAsync(whole, [new(Chunk.Of(whole, 0, new(0, whole.Text.Length)))], cancellationToken);
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
            var replaces = _keys.TryGetValue(document.Id, out var old);
            var (index, vectors) = replaces ? (_index.Remove(old), _vectors.Remove(old)) : (_index, _vectors);
            if (chunks is [{ Vector.IsEmpty: false } first, ..])
            {
                var space = new VectorSpace(first.Model, first.Vector.Length);
                _space = vectors.Dimensions == 0 || _space!.Accepts(space)
                    ? space
                    : throw new StoreException($"The collection's vectors are {_space}, those of document '{document.Id}' are {space}. Embed all documents with the same model.");
                vectors = vectors.Add(_documents.Count, document.Id, [.. chunks.Select(c => c.Vector)]);
            }

            (_index, _vectors) = (index.Add(_documents.Count, indexed), vectors);
            _keys[document.Id] = _documents.Count;
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

            (_index, _vectors) = (_index.Remove(key), _vectors.Remove(key));
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
    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_keys.TryGetValue(documentId, out var key) ? _documents[key].Chunks : []);
        }
    }

    /// <inheritdoc/>
    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_vectors.Dimensions == 0 ? null : _space);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing says when a document was stored; the time is the beginning of 1970.</remarks>
    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StoredDocument>>([.. _keys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => _documents[k.Value])
                .Select(d => new StoredDocument(d.Document.Id, d.Document.Title, d.Document.MediaType, d.Chunks.Count, DateTimeOffset.UnixEpoch, d.Document.Version, d.Document.Path, d.Document.Tags)
                {
                    Groups = d.Document.Groups,
                    Vectors = d.Chunks is [{ Vector.IsEmpty: false } first, ..] ? new(first.Model, first.Vector.Length) : null,
                })]);
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
    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default)
    {
        VectorIndex vectors;
        lock (_gate)
        {
            vectors = _vectors;
        }

        var hits = vectors.Search(vector, top, cancellationToken: cancellationToken);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. hits.Select(h => new ScoredChunk(_documents[h.Document].Chunks[h.Chunk].Chunk, h.Score))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
