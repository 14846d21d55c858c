namespace Rag.Testing.Gguf;

/// <summary>Random generation models of the sizes that benchmarks need: their speed is a real model's, their text is noise.</summary>
public static class RandomModels
{
    /// <summary>8 layers of width 512, a vocabulary of 8,000: 34 million weights, 68 MB as <see cref="TensorType.F16"/>.</summary>
    public static LlamaShape Shape33M { get; } = Sized(8_000, new() { Layers = 8, Width = 512, Heads = 8, KeyValueHeads = 8, FeedForward = 1_408, Context = 2_048 });

    /// <summary>22 layers of width 1,024, a vocabulary of 32,000: 313 million weights, 628 MB as <see cref="TensorType.F16"/>, 334 MB as <see cref="TensorType.Q80"/>.</summary>
    public static LlamaShape Shape300M { get; } = Sized(32_000, new() { Layers = 22, Width = 1_024, Heads = 16, KeyValueHeads = 4, FeedForward = 2_816, Context = 4_096 });

    /// <summary>Writes a model of <see cref="Shape33M"/>.</summary>
    public static void SaveLlama33M(string path, TensorType type = TensorType.F16) => TinyModels.SaveLlama(path, Shape33M with { Type = type });

    /// <summary>Writes a model of <see cref="Shape300M"/>; takes seconds.</summary>
    public static void SaveLlama300M(string path, TensorType type = TensorType.F16) => TinyModels.SaveLlama(path, Shape300M with { Type = type });

    private static LlamaShape Sized(int vocabulary, LlamaShape shape) => shape with { ExtraVocabulary = vocabulary - shape.Vocabulary };
}
