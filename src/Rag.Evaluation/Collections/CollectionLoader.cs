using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Evaluation.Collections;

/// <summary>Puts the documents of a collection into a store.</summary>
/// <param name="store">Where they go.</param>
/// <param name="clock">Measures the times.</param>
public sealed class CollectionLoader(IChunkStore store, TimeProvider clock)
{
    // Enough to keep an accelerator busy, little enough to hold in one request.
    private const int BatchSize = 64;

    /// <summary>Cuts a document into passages; of one that gives none, such as a title without text, the whole is one. Default the whole.</summary>
    public Func<Document, IReadOnlyList<Chunk>>? Split { get; init; }

    /// <summary>Makes a vector of each passage, read as title, heading path and text with a space between (BEIR joins title and text so). Default no vectors.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embedder { get; init; }

    /// <summary>Stores every document.</summary>
    /// <param name="documents">The documents, each id once; of a collection, what <see cref="CollectionDocument.ToDocument"/> gives.</param>
    /// <param name="cancellationToken">Stops between batches; what was stored stays.</param>
    public async Task<LoadReport> LoadAsync(IAsyncEnumerable<Document> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        LoadReport loaded = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);
        List<(Document Document, IReadOnlyList<Chunk> Chunks)> batch = [];
        await foreach (var document in documents.WithCancellation(cancellationToken))
        {
            var start = clock.GetTimestamp();
            batch.Add((document, Split?.Invoke(document) is { Count: > 0 } chunks ? chunks : [Chunk.Of(document, 0, new(0, document.Text.Length))]));
            loaded = loaded with { IndexTime = loaded.IndexTime + clock.GetElapsedTime(start) };
            if (batch.Sum(d => d.Chunks.Count) >= BatchSize)
            {
                loaded = await StoreAsync(batch, loaded, cancellationToken);
                batch.Clear();
            }
        }

        return await StoreAsync(batch, loaded, cancellationToken);
    }

    private async Task<LoadReport> StoreAsync(List<(Document Document, IReadOnlyList<Chunk> Chunks)> batch, LoadReport loaded, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var embedded = new Queue<EmbeddedChunk>(await EmbedAsync([.. batch.SelectMany(d => d.Chunks)], cancellationToken));
        var embeddedAt = clock.GetTimestamp();
        var count = embedded.Count;
        foreach (var (document, chunks) in batch)
        {
            await store.ReplaceDocumentAsync(document, [.. chunks.Select(_ => embedded.Dequeue())], cancellationToken);
        }

        return new(
            loaded.Documents + batch.Count,
            loaded.Chunks + count,
            loaded.IndexTime + clock.GetElapsedTime(embeddedAt),
            loaded.EmbedTime + (Embedder is null ? TimeSpan.Zero : clock.GetElapsedTime(start, embeddedAt)));
    }

    private async Task<IReadOnlyList<EmbeddedChunk>> EmbedAsync(Chunk[] chunks, CancellationToken cancellationToken)
    {
        if (Embedder is null)
        {
            return [.. chunks.Select(c => new EmbeddedChunk(c))];
        }

        var model = VectorSpace.ModelOf(Embedder);
        List<EmbeddedChunk> embedded = new(chunks.Length);
        foreach (var batch in chunks.Chunk(BatchSize))
        {
            var vectors = await Embedder.GenerateAsync(batch.Select(TextOf), cancellationToken: cancellationToken);
            embedded.AddRange(batch.Zip(vectors, (chunk, vector) => new EmbeddedChunk(chunk, Unit(vector.Vector)) { Model = model }));
        }

        return embedded;
    }

    private static string TextOf(Chunk chunk) => string.Join(' ', ((string[])[chunk.Title, chunk.Context, chunk.Text]).Where(t => t.Length > 0));

    private static float[] Unit(ReadOnlyMemory<float> vector)
    {
        var unit = new float[vector.Length];
        var norm = TensorPrimitives.Norm(vector.Span);
        TensorPrimitives.Divide(vector.Span, norm > 0 ? norm : 1, unit);
        return unit;
    }
}

/// <summary>What loading a collection took.</summary>
/// <param name="Documents">Documents stored.</param>
/// <param name="Chunks">Passages stored.</param>
/// <param name="IndexTime">Cutting, analysing and storing, without reading the file and without embedding.</param>
/// <param name="EmbedTime">Embedding; zero without vectors.</param>
public sealed record LoadReport(int Documents, int Chunks, TimeSpan IndexTime, TimeSpan EmbedTime);
