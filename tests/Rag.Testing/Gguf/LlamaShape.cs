namespace Rag.Testing.Gguf;

/// <summary>What a random generation model looks like. The defaults give about half a megabyte.</summary>
public sealed record LlamaShape
{
    /// <summary>Number of layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Numbers in a token's vector; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Heads of keys and values; divides <see cref="Heads"/>.</summary>
    public int KeyValueHeads { get; init; } = 2;

    /// <summary>Width of the feed-forward part.</summary>
    public int FeedForward { get; init; } = 128;

    /// <summary>Tokens that the model says it was trained for.</summary>
    public int Context { get; init; } = 256;

    /// <summary>Tokens <c>&lt;x0&gt;</c>, <c>&lt;x1&gt;</c>, ... beyond the 364 that every such model has.</summary>
    public int ExtraVocabulary { get; init; }

    /// <summary>Control tokens to have, such as <c>&lt;|im_start|&gt;</c>.</summary>
    public IReadOnlyList<string> ControlTokens { get; init; } = [];

    /// <summary>How weights are stored; norms are always <see cref="TensorType.F32"/>.</summary>
    public TensorType Type { get; init; }

    /// <summary>The chat template, if any.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>What <c>general.architecture</c> says and the keys begin with; the tensors are llama's.</summary>
    public string Architecture { get; init; } = "llama";

    /// <summary>The same seed gives the same file.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Size of the vocabulary.</summary>
    public int Vocabulary => TinyVocabulary.Llama(this).Tokens.Count;

    /// <summary>Width of keys and of values: <see cref="Width"/> times the share of key-value heads.</summary>
    public int KeyValueWidth => Width / Heads * KeyValueHeads;
}
