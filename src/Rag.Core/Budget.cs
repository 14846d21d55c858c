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
}
