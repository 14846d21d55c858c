namespace Rag;

/// <summary>What one request may spend. When it is spent the request ends with an answer or an explicit abstention.</summary>
public sealed record Budget
{
    /// <summary>Tokens of passages given to the generator, at least 1. Default 4000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxPassageTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 4000;

    /// <summary>Wall time of the whole request, more than zero. Default two minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Tokens that models may read and write for the answer in all, a second try included, at least 1. Default <see langword="null"/>: no limit. A model that has its own
    /// tokenizer at hand counts exactly; else prompts are estimated before they are sent.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>What these tokens may cost at <see cref="Price"/>, in its currency, more than zero. Default <see langword="null"/>: no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public decimal? MaxCost
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value ?? 1, 0, nameof(value));
            field = value;
        }
    }

    /// <summary>What the model's tokens cost. Default: nothing, as on a machine of one's own.</summary>
    public TokenPrice Price { get; init; } = new(0, 0);
}
