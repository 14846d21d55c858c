using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

/// <summary>Models for tests of scores.</summary>
internal static class Rerankers
{
    /// <summary>A random cross-encoder of 128 tokens with one output.</summary>
    public static string One { get; } = TestModels.Write("rerank-one.gguf", path => TinyModels.SaveReranker(path));

    /// <summary>One with a head of three labels.</summary>
    public static string Three { get; } = TestModels.Write("rerank-three.gguf", path => TinyModels.SaveReranker(path, new() { Labels = ["contradiction", "entailment", "neutral"] }));

    /// <summary>A random generation model whose vocabulary has " th" and " a" as tokens, to be asked for these.</summary>
    public static string Asked => TestModels.Tiny;

    public static LlamaRerankerOptions Options { get; } = new() { Context = Vectors.Exact };

    /// <summary>Asked in few words, as the tiny vocabulary needs a token a letter.</summary>
    public static LlamaRerankerOptions InWords { get; } = Options with { Yes = "th", No = "a", Prompt = "{instruction} Q: {query} D: {document} A:", Instruction = "Fits?" };
}
