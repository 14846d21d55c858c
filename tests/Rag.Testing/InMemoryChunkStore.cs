using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Rag.Storage;

namespace Rag.Testing;

/// <summary>A store in a dictionary: the contract in its plainest form, every search a scan over what the query may see. For tests that need a store but not its speed.</summary>
/// <remarks>Words are lower-cased runs of letters and digits of title, context and text, scored by BM25 (k1 1.2, b 0.75). Times are made up: one second after another.</remarks>
public sealed class InMemoryChunkStore : IReembeddableStore
{
    private sealed record Entry(Document Document, IReadOnlyList<EmbeddedChunk> Chunks, DateTimeOffset At);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Id), Entry> _entries = [];
    private readonly Dictionary<(string Tenant, string ChunkId, VectorSpace Space), EmbeddedChunk> _staged = [];

    /// <summary>How many documents have been replaced so far.</summary>
    public int Replacements { get; private set; }

    public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (chunk, vector) in chunks)
        {
            if (chunk.DocumentId != document.Id || vector.Length != chunks[0].Vector.Length || chunks.Any(c => c.Model != chunks[0].Model))
            {
                throw new ArgumentException($"Chunk '{chunk.Id}' is not of '{document.Id}', or has {vector.Length} dimensions instead of {chunks[0].Vector.Length}, or another model.", nameof(chunks));
            }

            if (!vector.ToArray().All(float.IsFinite))
            {
                throw new ArgumentException($"The vector of chunk '{chunk.Id}' has a number that is not finite.", nameof(chunks));
            }
        }

        lock (_gate)
        {
            CheckSpace(document, chunks);
            Unstage(document.Tenant, document.Id);
            _entries[(document.Tenant, document.Id)] = new(document, [.. chunks], DateTimeOffset.UnixEpoch.AddSeconds(++Replacements));
        }

        return Task.CompletedTask;
    }

    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Unstage(tenant, documentId);
            return Task.FromResult(_entries.Remove((tenant, documentId)));
        }
    }

    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) =>
        Task.FromResult(Snapshot(tenant).FirstOrDefault(e => e.Document.Id == documentId)?.Document);

    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) =>
        Task.FromResult(Snapshot(tenant).FirstOrDefault(e => e.Document.Id == documentId)?.Chunks ?? []);

    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default) => cancellationToken.IsCancellationRequested
        ? Task.FromCanceled<IReadOnlyList<StoredDocument>>(cancellationToken)
        : Task.FromResult<IReadOnlyList<StoredDocument>>([.. Snapshot(tenant).Select(e =>
            new StoredDocument(e.Document.Id, e.Document.Title, e.Document.MediaType, e.Chunks.Count, e.At, e.Document.Version, e.Document.Path, e.Document.Tags) { Groups = e.Document.Groups, Findings = e.Document.Findings, Vectors = Space([e]) })]);

    /// <summary>The chunks of every document of a tenant, in order of document id, then of reading.</summary>
    public IReadOnlyList<EmbeddedChunk> Chunks(string tenant = "") => [.. Snapshot(tenant).SelectMany(e => e.Chunks)];

    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default) =>
        Task.FromResult(Space(Snapshot(tenant)));

    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var visible = Visible(query).SelectMany(e => e.Chunks).Select(c => (c.Chunk, Words: Words($"{c.Chunk.Title} {c.Chunk.Context} {c.Chunk.Text}"))).ToArray();
        var average = visible.Length == 0 ? 1 : visible.Average(v => (double)v.Words.Count);
        var terms = Words(query.Text).Distinct().Select(t => (Text: t, Weight: Weight(visible.Count(v => v.Words.Contains(t)), visible.Length))).ToArray();
        return Task.FromResult(Best(top, visible.Select(v => Score(v.Chunk, v.Words, terms, average, query.Explain)).Where(s => s.Score > 0)));
    }

    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var embedded = Visible(query).SelectMany(e => e.Chunks).Where(c => !c.Vector.IsEmpty).ToArray();
        if (embedded.FirstOrDefault(c => c.Vector.Length != vector.Length) is { } other)
        {
            throw new ArgumentException($"The query has {vector.Length} dimensions, chunk '{other.Chunk.Id}' has {other.Vector.Length}.", nameof(vector));
        }

        if (!vector.ToArray().All(float.IsFinite))
        {
            throw new ArgumentException("The query's vector has a number that is not finite.", nameof(vector));
        }

        // Of a vector of zeros the quotient is no number; it is similar to nothing.
        return Task.FromResult(Best(top, embedded.Select(c => new ScoredChunk(c.Chunk, TensorPrimitives.CosineSimilarity(vector.Span, c.Vector.Span) is var cosine && float.IsNaN(cosine) ? 0 : cosine))));
    }

    public async IAsyncEnumerable<Chunk> ReadUnembeddedAsync(VectorSpace space, string tenant = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var chunk in Lacking(space, tenant))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }
    }

    public Task StageVectorsAsync(IReadOnlyList<EmbeddedChunk> chunks, string tenant = "", CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var spaces = chunks.Select(SpaceOf).Distinct().ToArray();
        if (spaces.Length > 1 || spaces.Any(s => s.Model is null || s.Dimensions == 0) || !chunks.All(c => c.Vector.ToArray().All(float.IsFinite)))
        {
            throw new ArgumentException("The vectors are not of one named space, or not finite.", nameof(chunks));
        }

        lock (_gate)
        {
            var stored = Chunks(tenant).Select(c => (c.Chunk.Id, c.Chunk.Text, c.Chunk.Context)).ToHashSet();
            foreach (var chunk in chunks.Where(c => stored.Contains((c.Chunk.Id, c.Chunk.Text, c.Chunk.Context))))
            {
                _staged[(tenant, chunk.Chunk.Id, spaces[0])] = chunk;
            }
        }

        return Task.CompletedTask;
    }

    public Task<int> SwitchVectorsAsync(VectorSpace space, string tenant = "", CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var lacking = Lacking(space, tenant).Count;
            if (lacking == 0)
            {
                foreach (var entry in Snapshot(tenant))
                {
                    _entries[(tenant, entry.Document.Id)] = entry with { Chunks = [.. entry.Chunks.Select(c => _staged.GetValueOrDefault((tenant, c.Chunk.Id, space), c))] };
                    Unstage(tenant, entry.Document.Id);
                }
            }

            return Task.FromResult(lacking);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IReadOnlyList<ScoredChunk> Best(int top, IEnumerable<ScoredChunk> scored) =>
        [.. scored.OrderByDescending(s => s.Score).ThenBy(s => s.Chunk.Id, StringComparer.Ordinal).Take(top)];

    private static ScoredChunk Score(Chunk chunk, List<string> words, IEnumerable<(string Text, double Weight)> terms, double average, bool explain)
    {
        var scores = terms.Select(t => (t.Text, t.Weight, Count: words.Count(w => w == t.Text))).Where(t => t.Count > 0)
            .Select(t => new TermScore(t.Text, t.Count, t.Weight, t.Weight * t.Count * 2.2 / (t.Count + (1.2 * (0.25 + (0.75 * words.Count / average)))))).ToArray();
        return new(chunk, scores.Sum(s => s.Score)) { Terms = explain ? scores : [] };
    }

    private static double Weight(int holding, int all) => Math.Log(1 + ((all - holding + 0.5) / (holding + 0.5)));

    private static List<string> Words(string text) =>
        [.. string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static VectorSpace SpaceOf(EmbeddedChunk chunk) => new(chunk.Model, chunk.Vector.Length);

    private static VectorSpace? Space(IEnumerable<Entry> entries)
    {
        var embedded = entries.SelectMany(e => e.Chunks).Where(c => !c.Vector.IsEmpty).ToArray();
        return (embedded.FirstOrDefault(c => c.Model is not null) ?? embedded.FirstOrDefault()) is { } one ? new(one.Model, one.Vector.Length) : null;
    }

    private void CheckSpace(Document document, IReadOnlyList<EmbeddedChunk> chunks)
    {
        if (chunks is [{ Vector.Length: > 0 and var length, Model: var model }, ..]
            && Space(_entries.Values.Where(e => e.Document.Tenant == document.Tenant && e.Document.Id != document.Id)) is { } stored && !stored.Accepts(new(model, length)))
        {
            throw new StoreException($"'{document.Id}' has vectors of {new VectorSpace(model, length)}, the store of {stored}. Ingest everything with one model.");
        }
    }

    private List<Chunk> Lacking(VectorSpace space, string tenant)
    {
        lock (_gate)
        {
            return [.. Chunks(tenant).Where(c => SpaceOf(c) != space && !_staged.ContainsKey((tenant, c.Chunk.Id, space))).Select(c => c.Chunk)];
        }
    }

    private void Unstage(string tenant, string documentId)
    {
        foreach (var key in _staged.Where(s => s.Key.Tenant == tenant && s.Value.Chunk.DocumentId == documentId).Select(s => s.Key).ToList())
        {
            _staged.Remove(key);
        }
    }

    private IEnumerable<Entry> Visible(Query query) => Snapshot(query.Tenant).Where(e =>
        (e.Document.Groups.Count == 0 || e.Document.Groups.Intersect(query.Groups, StringComparer.Ordinal).Any())
        && query.Filter.Matches(field => Filter.ValuesOf(e.Document, field)));

    private Entry[] Snapshot(string tenant)
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(e => e.Document.Tenant == tenant).OrderBy(e => e.Document.Id, StringComparer.Ordinal)];
        }
    }
}
