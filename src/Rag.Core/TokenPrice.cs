namespace Rag;

/// <summary>What a model's tokens cost, in any one currency for a million tokens.</summary>
/// <param name="Prompt">A million tokens read; zero or more.</param>
/// <param name="Completion">A million tokens written; zero or more.</param>
public sealed record TokenPrice(decimal Prompt, decimal Completion)
{
    private const decimal Million = 1_000_000;

    /// <summary>A million tokens read; zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero.</exception>
    public decimal Prompt { get; init; } = Checked(Prompt);

    /// <summary>A million tokens written; zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero.</exception>
    public decimal Completion { get; init; } = Checked(Completion);

    /// <summary>What that many tokens cost.</summary>
    public decimal CostOf(TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return ((usage.PromptTokens * Prompt) + (usage.CompletionTokens * Completion)) / Million;
    }

    private static decimal Checked(decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        return price;
    }
}
