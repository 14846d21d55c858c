namespace Rag.Testing.Gguf;

/// <summary>What a random BERT model looks like. The defaults give about a third of a megabyte.</summary>
public sealed record BertShape
{
    /// <summary>Number of layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Numbers in a token's vector; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width of the feed-forward part.</summary>
    public int FeedForward { get; init; } = 128;

    /// <summary>Tokens that the model has positions for.</summary>
    public int Context { get; init; } = 128;

    /// <summary>How weights are stored; norms, biases and positions are always <see cref="TensorType.F32"/>.</summary>
    public TensorType Type { get; init; }

    /// <summary>Whether an embedding is the first token's vector rather than the mean of all.</summary>
    public bool ClsPooling { get; init; }

    /// <summary>A re-ranker's labels, if it names them; else it gives one score.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether a re-ranker has the tensors of its head. llama.cpp loads one without and gives numbers that mean nothing.</summary>
    public bool HasHead { get; init; } = true;

    /// <summary>The same seed gives the same file.</summary>
    public int Seed { get; init; } = 2;
}
