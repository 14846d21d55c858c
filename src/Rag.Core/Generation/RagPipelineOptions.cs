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
