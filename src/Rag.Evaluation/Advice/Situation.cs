namespace Rag.Evaluation.Advice;

/// <summary>What is known of documents and questions when one has to choose how a model shall come to know them.</summary>
/// <param name="Documents">How many documents there are.</param>
/// <param name="Tokens">Tokens of all of them together.</param>
/// <param name="RetrievalMs">Median milliseconds that finding passages takes.</param>
public sealed record Situation(int Documents, long Tokens, double RetrievalMs)
{
    /// <summary>Share of the documents that change in a month, 0 to 1; <see langword="null"/> where it is not known.</summary>
    public double? Churn { get; init; }

    /// <summary>Most tokens that the model reads at once. Default 32,768.</summary>
    public int Window { get; init; } = 32_768;

    /// <summary>Milliseconds that an answer may take, generation included; <see langword="null"/> where it does not matter.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Questions a month. Default 1,000.</summary>
    public long Questions { get; init; } = 1_000;

    /// <summary>Price of a million tokens read; 0 for a model of one's own. Default 0.</summary>
    public decimal PriceIn { get; init; }

    /// <summary>Tokens of passages in a prompt. Default that of <see cref="Budget.MaxPassageTokens"/>.</summary>
    public int PassageTokens { get; init; } = new Budget().MaxPassageTokens;

    /// <summary>Answers that people rated with their texts, to learn from. Default 0.</summary>
    public int Examples { get; init; }

    /// <summary>Whether what is wanting is the manner of the answers (form, tone, a skill) rather than facts. Default no.</summary>
    public bool Manner { get; init; }

    /// <summary>What reading passages costs in a month.</summary>
    public decimal RetrievalCost => PriceIn * Questions * Math.Min(PassageTokens, Tokens) / 1_000_000;

    /// <summary>What reading all documents with every question costs in a month.</summary>
    public decimal WholeCost => PriceIn * Questions * Tokens / 1_000_000;
}
