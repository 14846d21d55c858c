using Microsoft.Extensions.AI;
using Rag.Llama.Decoding;
using Rag.Llama.Engine;
using Rag.Llama.Grammars;

namespace Rag.Llama;

/// <summary>
/// What a request can ask of a local model beyond <see cref="ChatOptions"/>. Give it as <see cref="ChatOptions.RawRepresentationFactory"/>: <c>_ => new LlamaChatOptions { ... }</c>.
/// </summary>
public sealed record LlamaChatOptions
{
    /// <summary>How tokens are chosen where <see cref="ChatOptions"/> does not say: minimum and typical probability, repetition penalty, bias. Default <c>new()</c>.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>A grammar for the whole answer, instead of <see cref="ChatOptions.ResponseFormat"/>. Default none.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>Beam search instead of sampling. Default none.</summary>
    public BeamSearchOptions? Beams { get; init; }

    /// <summary>Answers to sample, of which the likeliest is given, at least 1. Default 1.</summary>
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

    /// <summary>Adapters that act on this request. Default none.</summary>
    public IReadOnlyList<AdapterWeight> Adapters { get; init; } = [];

    /// <summary>What happens when the context is full. Default <see cref="ContextOverflow.Stop"/>.</summary>
    public ContextOverflow Overflow { get; init; }

    /// <summary>Log-probabilities, and that many likely tokens beside each: with the <see cref="GenerationUpdate.Piece"/> that is the updates' raw representation. Default none.</summary>
    public int? Alternatives { get; init; }
}
