namespace Rag.Citations;

/// <summary>What becomes of a sentence that no passage supports.</summary>
public enum UnsupportedSentences
{
    /// <summary>It stays without a mark, with <see cref="AnswerSentence.Supported"/> false.</summary>
    Mark,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>The whole question is left unanswered.</summary>
    Abstain,

    /// <summary>The generator is told what is wrong and writes the answer once more, where it can; what is unsupported then is left out.</summary>
    Repair,
}

/// <summary>How strictly answers are checked.</summary>
public sealed record CitationVerifierOptions
{
    /// <summary>What becomes of a sentence that no passage supports. Default <see cref="UnsupportedSentences.Mark"/>.</summary>
    public UnsupportedSentences Unsupported { get; init; } = UnsupportedSentences.Mark;

    /// <summary>Support from which a sentence counts as supported, more than 0, at most 1. Default 0.6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double MinSupport
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 0.6;
}
