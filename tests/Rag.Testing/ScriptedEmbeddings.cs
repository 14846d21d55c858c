using Microsoft.Extensions.AI;

namespace Rag.Testing;

/// <summary>An embedding model that is a function.</summary>
/// <param name="vector">The vector of a text.</param>
/// <param name="model">How it calls itself; <see langword="null"/> for a model without metadata.</param>
public sealed class ScriptedEmbeddings(Func<string, float[]> vector, string? model = null) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>A model of three concepts, animals, plants and stones, told by words.</summary>
    public static ScriptedEmbeddings Nature { get; } = new(text => [Count(text, "cat", "dog"), Count(text, "tree", "rose"), Count(text, "granite", "slate")], "nature");

    /// <summary>The texts that were embedded, in order.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>The vector of a text, without asking.</summary>
    public float[] VectorOf(string text) => vector(text);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var texts = values.ToList();
        lock (Texts)
        {
            Texts.AddRange(texts);
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(vector(t)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) && model is not null ? new EmbeddingGeneratorMetadata(defaultModelId: model) : null;

    public void Dispose()
    {
        // holds nothing
    }

    private static float Count(string text, params string[] words) => words.Sum(w => text.Split(w).Length - 1);
}
