namespace Rag.Generation;

/// <summary>How a language model writes an answer.</summary>
public sealed record ChatAnswerOptions
{
    /// <summary>Most tokens of an answer, what the model thinks before it included, at least 1. Default 512.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 512;
}
