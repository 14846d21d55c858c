namespace Rag.Generation;

/// <summary>How much an extractive answer says and when it stays silent.</summary>
public sealed record ExtractiveAnswerOptions
{
    /// <summary>Most sentences of an answer, at least 1. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxSentences
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>Least <see cref="Answer.Confidence"/> of an answer, 0 to 1; below it the question is left unanswered. Default 0.07.</summary>
    /// <remarks>Low on purpose: what is wrong to keep back can be right. docs/results/answers.md says what is silenced from which confidence on.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double MinConfidence
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 0.07;
}
