using Microsoft.Extensions.AI;

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

    /// <summary>Most tokens of examples, estimated, zero or more; never more than an eighth of the model's context where that is known. Default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int MaxExampleTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1000;

    /// <summary>
    /// Whether each line of a document begins with a mark that no text holds, after Hines et al., "Defending against indirect prompt injection attacks with spotlighting", 2024, who mark between
    /// words. Default <see langword="false"/>: passages lie between fences anyway, and a model that copies marks into its quotations loses the support for them.
    /// </summary>
    public bool MarkData { get; init; }

    /// <summary>
    /// Holds the model to the form of an answer where a client can: given the options of a call and the number of passages, the options to call with. Must not change what it is given.
    /// Default <see langword="null"/>: the form is asked for in words alone.
    /// </summary>
    public Func<ChatOptions, int, ChatOptions>? Constrain { get; init; }
}
