using Microsoft.Extensions.AI;

namespace Rag.Llama.Embeddings;

/// <summary>Vectors of questions, by the engine of a generator for documents, which it leaves open.</summary>
internal sealed class QueryEmbeddingGenerator(LlamaEmbeddingGenerator documents, EmbeddingEngine engine) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        engine.GenerateAsync(engine.Prompts.Query, values, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType?.IsInstanceOfType(this) == true ? this : documents.GetService(serviceType!, serviceKey);

    public void Dispose()
    {
        // what it works with belongs to the generator that made it
    }
}
