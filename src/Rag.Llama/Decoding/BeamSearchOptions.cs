namespace Rag.Llama.Decoding;

/// <summary>How wide a beam search looks and when it ends.</summary>
public sealed record BeamSearchOptions
{
    /// <summary>Hypotheses kept in each step, finished ones included, 1 to 32; 1 is greedy decoding. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public int Width
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 32);
            field = value;
        }
    } = 4;

    /// <summary>The alpha of score = sum of log-probabilities / tokens^alpha, at least 0: 0 ranks by the sum, 1 by the mean, more favours long texts. Default 1.</summary>
    /// <remarks>The form and default of Hugging Face transformers; Wu et al. 2016 (GNMT), equation 14, divide by ((5 + tokens) / 6)^alpha instead.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double LengthPenalty
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(LengthPenalty), value, $"{nameof(LengthPenalty)} is {value}; give a finite number, at least 0.");
    } = 1;

    /// <summary>Most tokens of a hypothesis, its end token included, at least 1. Default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 256;

    /// <summary>Most hypotheses to give, at least 1; more than <see cref="Width"/> never come. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Best
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>Whether the search ends as soon as <see cref="Best"/> hypotheses have finished. Default <see langword="false"/>: only when no live one can still overtake them.</summary>
    public bool StopsEarly { get; init; }
}
