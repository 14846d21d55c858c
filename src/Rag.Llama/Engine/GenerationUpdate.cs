using Rag.Llama.Decoding;

namespace Rag.Llama.Engine;

/// <summary>One event of a generation.</summary>
public abstract record GenerationUpdate
{
    private GenerationUpdate()
    {
    }

    /// <summary>The next piece of the text, in whole characters.</summary>
    /// <param name="Text">Not empty, or empty where only tokens are reported.</param>
    /// <param name="Tokens">The tokens chosen since the last piece, where <see cref="GenerationRequest.Alternatives"/> asks for them; else empty.</param>
    public sealed record Piece(string Text, IReadOnlyList<SampledToken> Tokens) : GenerationUpdate;

    /// <summary>The generation has ended; once, last.</summary>
    /// <param name="Result">How.</param>
    public sealed record Completed(GenerationResult Result) : GenerationUpdate;
}

/// <summary>Why a generation ended.</summary>
public enum FinishCause
{
    /// <summary>The model ended its text, or the grammar was complete.</summary>
    End,

    /// <summary>A stop text was written.</summary>
    StopText,

    /// <summary>The most tokens were generated, or the context was full.</summary>
    Length,
}

/// <summary>How a generation ended and what it took.</summary>
public sealed record GenerationResult
{
    /// <summary>Why it ended.</summary>
    public required FinishCause Cause { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens of the prompt that had been read before, by this or another request, and were not read again.</summary>
    public required int CachedTokens { get; init; }

    /// <summary>Tokens generated; the one that ended the text is not counted.</summary>
    public required int Tokens { get; init; }

    /// <summary>The seed of its sampling: the same request with it gives the same text.</summary>
    public required uint Seed { get; init; }

    /// <summary>Waiting for a slot.</summary>
    public required TimeSpan QueueTime { get; init; }

    /// <summary>From a slot to the first token.</summary>
    public required TimeSpan PromptTime { get; init; }

    /// <summary>From the first token to the last.</summary>
    public required TimeSpan GenerateTime { get; init; }

    /// <summary>Steps of the engine from the slot to the first token.</summary>
    public required int StepsToFirstToken { get; init; }

    /// <summary>The texts that beam search found, best first; the first is the text given. Empty for sampling.</summary>
    public IReadOnlyList<GeneratedText> Best { get; init; } = [];
}

/// <summary>One of several texts.</summary>
/// <param name="Text">The text.</param>
/// <param name="LogProbability">Sum of its tokens' log-probabilities, at most 0.</param>
/// <param name="Score">What it was ranked by; higher is better.</param>
public sealed record GeneratedText(string Text, double LogProbability, double Score);
