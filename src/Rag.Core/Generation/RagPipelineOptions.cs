namespace Rag.Generation;

/// <summary>How a question is carried through retrieval and generation.</summary>
public sealed record RagPipelineOptions
{
    /// <summary>Passages to retrieve, at least 1. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Top
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8;

    /// <summary>In which order passages are given to the generator. Default <see cref="PassageOrder.BestFirst"/>.</summary>
    public PassageOrder Order { get; init; }

    /// <summary>
    /// Least <see cref="Answer.Confidence"/> of an answer, 0 to 1; below it the question is left unanswered. An answer whose confidence is not known is given. Default 0: whatever the generator lets through.
    /// </summary>
    /// <remarks>docs/results/answers.md says how often answers of a confidence are right.</remarks>
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
    }

    /// <summary>What one question may spend. Default <see cref="Rag.Budget"/>'s own.</summary>
    public Budget Budget { get; init; } = new();
}

/// <summary>In which order passages are given to a generator. They are numbered in that order, so citations fit it.</summary>
public enum PassageOrder
{
    /// <summary>The best one first.</summary>
    BestFirst,

    /// <summary>
    /// The best one first, the second best last, and so on towards the middle, where language models with a long prompt overlook most
    /// (Liu et al., "Lost in the middle: how language models use long contexts", 2023).
    /// </summary>
    BestAtEnds,
}
