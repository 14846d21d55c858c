using System.Runtime.InteropServices;
using Rag.Llama.Decoding;

namespace Rag.Llama.Engine;

/// <summary>One token a step, chosen by a sampler, within a grammar where there is one.</summary>
internal sealed class SampledContinuation(GenerationRequest request, uint seed, LlamaModel model) : IContinuation
{
    private readonly TokenSampler _sampler = new(request.Sampling, seed);
    private readonly GrammarGate? _grammar = request.Grammar is { } use ? new(use, model) : null;
    private int _row;

    public bool CanBeParked => true;

    public int MoreSequences => 0;

    public FinishCause? Begin(GenerationRun generation, LlamaContext context, int row)
    {
        var logits = context.Logits(row);
        generation.FirstToken();
        return Choose(generation, logits);
    }

    public void AddRows(GenerationRun generation, LlamaContext context) =>
        _row = context.Add(generation.Tokens[^1], generation.Tokens.Count - 1, generation.Sequence, output: true);

    public FinishCause Finish(GenerationRun generation) => FinishCause.Length;

    public FinishCause? Take(GenerationRun generation, LlamaContext context)
    {
        generation.Decoded = generation.Tokens.Count;
        return Choose(generation, context.Logits(_row));
    }

    private FinishCause? Choose(GenerationRun generation, ReadOnlySpan<float> logits)
    {
        var token = _sampler.Sample(logits, CollectionsMarshal.AsSpan(generation.Tokens), _grammar?.Constraint, request.Alternatives);
        if (model.Vocabulary.EndTokens.Contains(token.Token))
        {
            return FinishCause.End;
        }

        _grammar?.Accept(token.Token);
        generation.Tokens.Add(token.Token);
        generation.Generated++;
        return generation.Output.Take(token) ? FinishCause.StopText
            : _grammar is { IsComplete: true } ? FinishCause.End
            : generation.Generated == request.MaxTokens ? FinishCause.Length
            : null;
    }
}
