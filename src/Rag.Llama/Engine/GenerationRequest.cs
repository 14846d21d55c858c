using Rag.Llama.Decoding;
using Rag.Llama.Grammars;

namespace Rag.Llama.Engine;

/// <summary>What happens when prompt and text have filled the context.</summary>
public enum ContextOverflow
{
    /// <summary>The generation ends with <see cref="FinishCause.Length"/>.</summary>
    Stop,

    /// <summary>The oldest half of what follows the first quarter is forgotten, and what is left is read again: slower at that moment, exact, and without an end.</summary>
    Slide,
}

/// <summary>A grammar and where it holds.</summary>
/// <param name="Grammar">What may be written.</param>
/// <param name="After">The text behind which it holds, once it has been written; what comes before is free. <see langword="null"/>: from the first token.</param>
/// <param name="Repeats">Whether text is free again once the grammar is complete, until <paramref name="After"/> is written the next time. Otherwise the text ends with the grammar.</param>
public sealed record GrammarUse(Grammar Grammar, string? After = null, bool Repeats = false)
{
    /// <summary>The vocabulary to look tokens up in, where it is not the model's plain one: with the control tokens that stand for the grammar's own markers.</summary>
    internal GrammarVocabulary? Vocabulary { get; init; }
}

/// <summary>One text to generate.</summary>
/// <param name="Prompt">Tokens of what comes before it; not empty.</param>
public sealed record GenerationRequest(ReadOnlyMemory<int> Prompt)
{
    /// <summary>How tokens are chosen. Default <c>new()</c>. Ignored by beam search.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Most tokens to generate, at least 1. Default <see langword="null"/>: until the model ends or the context is full.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? MaxTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            field = value;
        }
    }

    /// <summary>Texts that end the generation and are not part of it, none empty. Default none.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>What may be written. Default anything.</summary>
    public GrammarUse? Grammar { get; init; }

    /// <summary>Texts to sample, at least 1, with seeds that follow each other; the one whose tokens are likeliest on average is given, in one piece at the end. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BestOf
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>Beam search instead of sampling; the text comes in one piece at the end. Default <see langword="null"/>.</summary>
    public BeamSearchOptions? Beams { get; init; }

    /// <summary>Adapters that act on this request, in order. Default none.</summary>
    public IReadOnlyList<AdapterWeight> Adapters { get; init; } = [];

    /// <summary>What happens when the context is full. Default <see cref="ContextOverflow.Stop"/>. Beam search always stops.</summary>
    public ContextOverflow Overflow { get; init; }

    /// <summary>Log-probabilities with each token, and that many of the likeliest tokens beside it. Default <see langword="null"/>: none, which is faster.</summary>
    public int? Alternatives { get; init; }

    /// <summary>Whether control tokens that do not end the generation are part of the text, as a reader of tool calls needs them. Default false.</summary>
    public bool WithControlTokens { get; init; }
}
