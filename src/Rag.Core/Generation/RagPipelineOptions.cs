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

    /// <summary>What one question may spend. Default <see cref="Rag.Budget"/>'s own.</summary>
    public Budget Budget { get; init; } = new();
}
