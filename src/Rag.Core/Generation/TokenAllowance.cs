using System.Globalization;

namespace Rag.Generation;

/// <summary>What is left of a budget in tokens and money.</summary>
internal sealed record TokenAllowance(Budget Budget, TokenUsage Used)
{
    // The most that one call is allowed where money is the only limit: keeps quotients small, and no answer is that long.
    private const int Most = 1_000_000;

    public static TokenAllowance Of(AskOptions? options) => new(options?.Budget ?? new(), options?.Used ?? new());

    /// <summary>Tokens that may be written behind a prompt of that many tokens; zero or less where the prompt itself is too much.</summary>
    public int Behind(int prompt) => Math.Min(ByTokens(prompt), ByCost(prompt));

    /// <summary>Which limit does not allow the prompt, its value, and what was used, in one sentence.</summary>
    public string Refusal(int prompt)
    {
        var (limit, used, next) = ByTokens(prompt) <= ByCost(prompt)
            ? ($"{Budget.MaxTokens} tokens", $"{Total(Used)} are used", $"has about {prompt} and needs some for the answer")
            : (Amount(Budget.MaxCost!.Value), $"{Amount(Budget.Price.CostOf(Used))} is used", $"costs about {Amount(Budget.Price.CostOf(new(prompt)))} before the answer");
        return $"The budget of {limit} is not enough: {used}, and the next prompt {next}. Allow more, or give fewer passages or examples.";
    }

    private int ByTokens(int prompt) => Budget.MaxTokens is { } most ? (int)Math.Max(int.MinValue, most - Total(Used) - prompt) : int.MaxValue;

    private int ByCost(int prompt)
    {
        if (Budget.MaxCost is not { } most)
        {
            return int.MaxValue;
        }

        var left = most - Budget.Price.CostOf(Used) - Budget.Price.CostOf(new(prompt));
        return left <= 0 ? 0 : left >= Budget.Price.Completion ? Most : (int)(left * Most / Budget.Price.Completion);
    }

    private static long Total(TokenUsage usage) => (long)usage.PromptTokens + usage.CompletionTokens;

    private static string Amount(decimal money) => money.ToString("0.########", CultureInfo.InvariantCulture);
}
