using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Llama;
using Rag.Llama.Decoding;
using Rag.Llama.Engine;
using Rag.Llama.Grammars;

namespace Rag.Cli;

/// <summary>Generates one text with an engine of its own, no larger than needed.</summary>
internal sealed class TextSource(LlamaModel model)
{
    // What a chat template may add to a message: most add a few dozen tokens, some a page of instructions.
    private const int TemplateTokens = 2048;

    public required int MaxTokens { get; init; }

    public required SamplingOptions Sampling { get; init; }

    public Grammar? Grammar { get; init; }

    /// <summary>Width of the beam search; <see langword="null"/> to sample.</summary>
    public int? Beams { get; init; }

    public IReadOnlyList<AdapterWeight> Adapters { get; init; } = [];

    /// <summary>Threads; its size is not used.</summary>
    public LlamaContextOptions Context { get; init; } = new();

    /// <summary>What follows the prompt.</summary>
    public async IAsyncEnumerable<GenerationUpdate> ContinueAsync(string prompt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tokens = model.Vocabulary.Tokenize(prompt, addSpecial: true);
        if (tokens.Length == 0)
        {
            throw new CommandException("The prompt is empty, and this model does not begin a text by itself. Give at least a word.");
        }

        var request = new GenerationRequest(tokens)
        {
            Sampling = Sampling,
            MaxTokens = MaxTokens,
            Grammar = Grammar is null ? null : new(Grammar),
            Beams = BeamOptions,
            Adapters = Adapters,
        };
        await using var engine = EngineFor(tokens.Length);
        await foreach (var update in engine.GenerateAsync(request, cancellationToken))
        {
            yield return update;
        }
    }

    /// <summary>The answer to a message; what the model thinks before it is left out.</summary>
    public async IAsyncEnumerable<GenerationUpdate> ChatAsync(string message, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = EngineFor(model.Vocabulary.Tokenize(message).Length + TemplateTokens);
        using var client = new LlamaChatClient(engine);
        var own = new LlamaChatOptions { Sampling = Sampling, Grammar = Grammar, Beams = BeamOptions, Adapters = Adapters };
        var options = new ChatOptions { MaxOutputTokens = MaxTokens, RawRepresentationFactory = _ => own };
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, message)], options, cancellationToken))
        {
            if (update.Text.Length > 0)
            {
                yield return new GenerationUpdate.Piece(update.Text, []);
            }

            if (update.RawRepresentation is GenerationResult result)
            {
                yield return new GenerationUpdate.Completed(result);
            }
        }
    }

    private BeamSearchOptions? BeamOptions => Beams is { } width ? new() { Width = width, MaxTokens = MaxTokens } : null;

    // Beams share the prompt, and each keeps what it writes.
    private LlamaEngine EngineFor(int promptTokens)
    {
        var length = Math.Min(model.TrainedContext, promptTokens + MaxTokens);
        var size = length + (Beams is { } width ? (width - 1) * Math.Max(0, length - promptTokens) : 0);
        return new(model, new LlamaEngineOptions { Slots = 1, KeptBeginnings = Beams is null ? 0 : (2 * Beams.Value) - 1, Context = Context with { Size = size } });
    }
}
