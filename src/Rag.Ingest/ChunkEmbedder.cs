using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Embeds chunks, heading path first, in batches.</summary>
internal sealed class ChunkEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    // Enough to keep an accelerator or a server busy, little enough to hold in one request.
    private const int BatchSize = 64;

    private readonly string? _model = VectorSpace.ModelOf(generator);

    /// <summary>Names the model; documents are ingested again when it changes.</summary>
    public string Name => generator.GetService(typeof(EmbeddingGeneratorMetadata)) is EmbeddingGeneratorMetadata metadata
        ? $"{metadata.DefaultModelId} {metadata.DefaultModelDimensions}"
        : generator.GetType().Name;

    /// <summary>The chunks with vectors of unit length.</summary>
    public async Task<IReadOnlyList<EmbeddedChunk>> EmbedAsync(IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken)
    {
        var embedded = new List<EmbeddedChunk>(chunks.Count);
        foreach (var batch in chunks.Chunk(BatchSize))
        {
            var texts = batch.Select(c => c.Context.Length == 0 ? c.Text : $"{c.Context}\n{c.Text}");
            var vectors = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            embedded.AddRange(batch.Zip(vectors, (chunk, vector) => new EmbeddedChunk(chunk, Unit(vector.Vector)) { Model = _model }));
        }

        return embedded;
    }

    private static float[] Unit(ReadOnlyMemory<float> vector)
    {
        var unit = new float[vector.Length];
        var norm = TensorPrimitives.Norm(vector.Span);
        TensorPrimitives.Divide(vector.Span, norm > 0 ? norm : 1, unit);
        return unit;
    }
}
