using System.Numerics.Tensors;

namespace Rag.Llama.Embeddings;

/// <summary>Vectors of length 1.</summary>
internal static class UnitVectors
{
    /// <summary>The vector at length 1; zeros stay zeros.</summary>
    /// <exception cref="LlamaException">A number is none.</exception>
    public static float[] Of(ReadOnlySpan<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm))
        {
            throw new LlamaException("The model gave a vector with numbers that are none. The file may be damaged, or its precision too low for the device: try another quantisation.");
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, norm > 0 ? norm : 1, unit);
        return unit;
    }

    /// <summary>The first numbers of a vector, at length 1 again (Matryoshka representation learning, Kusupati et al. 2022).</summary>
    public static ReadOnlyMemory<float> Cut(ReadOnlyMemory<float> vector, int dimensions) =>
        dimensions == vector.Length ? vector : Of(vector.Span[..dimensions]);

    /// <summary>The mean by weight, at length 1.</summary>
    public static ReadOnlyMemory<float> Mean(IReadOnlyList<ReadOnlyMemory<float>> vectors, IReadOnlyList<int> weights)
    {
        if (vectors.Count == 1)
        {
            return vectors[0];
        }

        var sum = new float[vectors[0].Length];
        for (var i = 0; i < vectors.Count; i++)
        {
            TensorPrimitives.MultiplyAdd(vectors[i].Span, weights[i], sum, sum);
        }

        return Of(sum);
    }
}
