using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Embeds chunks, heading path first, in batches.</summary>
internal sealed class ChunkEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    // Enough to keep an accelerator or a server busy, little enough to hold in one request.
    public const int BatchSize = 64;

    private readonly string? _model = VectorSpace.ModelOf(generator);

    /// <summary>Whether stored vectors are of this model; documents are ingested again when they are not.</summary>
    public bool IsModelOf(VectorSpace stored) =>
        stored.Model == _model
        && ((generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelDimensions ?? stored.Dimensions) == stored.Dimensions;

    /// <summary>Model and length of the vectors; found out by making one.</summary>
    /// <exception cref="InvalidOperationException">The generator does not name its model.</exception>
    public async Task<VectorSpace> SpaceAsync(CancellationToken cancellationToken)
    {
        var model = _model ?? throw new InvalidOperationException("The embedding generator does not name its model, so its vectors could not be told from those of another. Give it EmbeddingGeneratorMetadata with a DefaultModelId.");
        return new(model, (await generator.GenerateVectorAsync("length", cancellationToken: cancellationToken)).Length);
    }

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
