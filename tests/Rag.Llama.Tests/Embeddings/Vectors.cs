using Microsoft.Extensions.AI;
using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

/// <summary>Models and texts for tests of vectors.</summary>
internal static class Vectors
{
    private static readonly string[] Words = ["the", "cat", "dog", "is", "what", "of", "paris", "capital", "france", "xyz", "a-b", "q9"];

    /// <summary>A random BERT of 128 tokens, mean pooling.</summary>
    public static string Mean { get; } = TestModels.Write("vectors-mean.gguf", path => TinyModels.SaveEmbedding(path));

    /// <summary>A random BERT that gives its first token's vector.</summary>
    public static string Cls { get; } = TestModels.Write("vectors-cls.gguf", path => TinyModels.SaveEmbedding(path, new() { ClsPooling = true }));

    /// <summary>Without flash attention, which rounds keys and values to 16 bits, differently from step to step.</summary>
    public static LlamaContextOptions Exact { get; } = TestModels.OneThread with { FlashAttention = false };

    public static LlamaEmbeddingOptions Options { get; } = new() { Context = Exact };

    /// <summary>Texts of 1 to <paramref name="mostWords"/> words.</summary>
    public static IReadOnlyList<string> Texts(int count, int mostWords = 12, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, mostWords + 1)).Select(_ => Words[random.Next(Words.Length)])))];
    }

    /// <summary>The vector of one text alone.</summary>
    public static async Task<float[]> VectorAsync(this IEmbeddingGenerator<string, Embedding<float>> generator, string text, int? dimensions = null) =>
        (await generator.GenerateAsync([text], new() { Dimensions = dimensions }))[0].Vector.ToArray();

    /// <summary>
    /// What a place in another step changes: sums round otherwise, in the seventh decimal, and ggml looks the GELU function up in a table of 16-bit numbers, where that can be one entry more or less.
    /// A GPU multiplies in fewer bits, by another kernel for another number of rows: up to 8e-4 was seen.
    /// </summary>
    public static double Rounding { get; } = TestModels.Rounding;

    /// <summary>Fails where two vectors differ by more than rounding.</summary>
    public static void AssertNear(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual, double? tolerance = null)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected.Span[i], actual.Span[i], tolerance ?? Rounding);
        }
    }

    public static double Length(ReadOnlyMemory<float> vector) => Math.Sqrt(vector.ToArray().Sum(x => (double)x * x));

    public static double Distance(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b) => Math.Sqrt(a.ToArray().Zip(b.ToArray(), (x, y) => (double)(x - y) * (x - y)).Sum());

    /// <summary>Generation models have no pooling of their own.</summary>
    public static LlamaEmbeddingOptions Pooled(GgufPooling pooling) => Options with { Pooling = pooling };
}
