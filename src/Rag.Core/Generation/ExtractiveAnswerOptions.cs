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

    /// <summary>Share of the question's words, names counted twice, that the best sentence and its passage must hold on average, 0 to 1. Default 0.3.</summary>
    /// <remarks>On SQuAD 2.0 with all paragraphs as the corpus, 0.3 silences 1 in 100 answerable questions, nearly all of them answered wrongly otherwise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double MinCoverage
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 0.3;
}
