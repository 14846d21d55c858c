namespace Rag.Llama;

/// <summary>How a re-ranker reads and judges.</summary>
public sealed record LlamaRerankerOptions
{
    /// <summary>What Qwen3's re-rankers were trained with where nobody says more.</summary>
    public const string DefaultInstruction = "Given a web search query, retrieve relevant passages that answer the query";

    /// <summary>
    /// Size and threads. Size is the tokens of one step, all pairs together, and the most of one pair of query and text, which never has more than the model was trained for.
    /// 0 is what it was trained for, at most 2048; less, down to 512, where a model that can generate text has a head, for the memory of its logits. Batch size is not used. Default <c>new()</c>.
    /// </summary>
    public LlamaContextOptions Context { get; init; } = new();

    /// <summary>
    /// The label whose probability is the score, for heads with several, whatever its case. Default <see langword="null"/>: the first that is called yes, true, relevant, positive, entailment or LABEL_1,
    /// else the last.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>What makes a text a good one, for models that are asked in words. Default <see cref="DefaultInstruction"/>.</summary>
    public string Instruction { get; init; } = DefaultInstruction;

    /// <summary>
    /// How models are asked in words, with <c>{instruction}</c>, <c>{query}</c> and <c>{document}</c> in this order, the first of which may be left out, and something behind them. Names of control tokens count here, never in queries or texts.
    /// Default <see langword="null"/>: the file's own template for re-ranking, else Qwen3-Reranker's, without its control tokens where the model does not have them.
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>The answer for a good text, for models that are asked in words and have no head. Its first token counts. Default <c>yes</c>.</summary>
    public string Yes { get; init; } = "yes";

    /// <summary>The answer for a text that is not good. Default <c>no</c>.</summary>
    public string No { get; init; } = "no";
}
