using Rag.Llama.Binding;
using Rag.Llama.Gguf;

namespace Rag.Llama.Embeddings;

/// <summary>How a model's token vectors become one.</summary>
internal static class PoolingChoice
{
    /// <summary>What was asked for, else what the file says.</summary>
    /// <exception cref="LlamaModelException">The file is a re-ranker, or says nothing and nothing was asked for.</exception>
    public static PoolingType Of(LlamaModel model, GgufPooling? asked) => (asked, model.File.Pooling) switch
    {
        (_, GgufPooling.Rank) => throw new LlamaModelException(model.Path, $"The model '{model.Name}' is a re-ranker: it gives scores, no vectors. Use it for re-ranking, and an embedding model here."),
        ({ } pooling, _) => (PoolingType)pooling,
        (null, { } pooling and not GgufPooling.None) => (PoolingType)pooling,
        _ => throw new LlamaModelException(model.Path, $"The model '{model.Name}' ({model.Description}) does not say how its tokens' vectors become one of the text, as models that generate text do not. Use an embedding model, or name the pooling that this one was trained with in LlamaEmbeddingOptions.Pooling: {string.Join(", ", Kinds)}."),
    };

    private static IEnumerable<GgufPooling> Kinds => Enum.GetValues<GgufPooling>().Where(p => p is not (GgufPooling.None or GgufPooling.Rank));
}
