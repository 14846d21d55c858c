using System.Text;
using Rag.Llama;
using Rag.Llama.Decoding;
using Rag.Llama.Engine;

namespace Rag.NativeBench.Soaking;

/// <summary>Whether a beam search's text is right: a plain search, which shares nothing with the engine's, looks for it, and others do whose logits are moved by a little noise.</summary>
/// <remarks>Which of two equally probable beams is dropped decides what is found ten tokens later, so texts and scores of two right searches may differ widely.</remarks>
internal sealed class BeamTies : ILogitsSource, IDisposable
{
    // about the greatest difference of a token's log-probability that a soak of 20,000 requests saw between two batches: 0.009
    private const float Noise = 0.01f;
    private const int Tries = 400;

    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly double _tolerance;
    private readonly Dictionary<string, float[]> _known = [];
    private readonly List<int> _read = [];
    private Random _random = new(0);
    private float _noise;

    public BeamTies(LlamaModel model, LlamaContextOptions options, double tolerance) =>
        (_model, _context, _tolerance) = (model, new(model, ContextParameters.ForGeneration(model, options, 1)), tolerance);

    public int VocabularySize => _model.Vocabulary.Count;

    /// <summary>How many noisy searches it takes to find that text with that log-probability: 0 where the first one, without noise, does; <see langword="null"/> where none does.</summary>
    public int? TriesToReach(GenerationRequest request, GeneratedText found)
    {
        _known.Clear();
        _read.Clear();
        _context.Clear();
        _context.Use([.. request.Adapters.Select(a => (a.Adapter.Handle, a.Scale))]);
        var decoder = new Rag.Llama.Decoding.Decoder(this, _model.Vocabulary.EndTokens.Contains);
        for (var tries = 0; tries <= Tries; tries++)
        {
            (_random, _noise) = (new(tries), tries == 0 ? 0 : Noise);
            var best = decoder.Search(request.Prompt.Span, request.Beams!)[0];
            if (Text(best) == found.Text && Math.Abs(best.LogProbability - found.LogProbability) < _tolerance * best.Tokens.Count)
            {
                return tries;
            }
        }

        return null;
    }

    public void Next(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        var key = string.Join(' ', tokens.ToArray());
        if (!_known.TryGetValue(key, out var known))
        {
            _known[key] = known = Compute(tokens);
        }

        for (var i = 0; i < known.Length; i++)
        {
            logits[i] = known[i] + (_noise * ((2 * _random.NextSingle()) - 1));
        }
    }

    public void Dispose() => _context.Dispose();

    private float[] Compute(ReadOnlySpan<int> tokens)
    {
        var kept = Math.Min(tokens.CommonPrefixLength([.. _read]), tokens.Length - 1);
        _context.Remove(0, kept);
        _context.Batch.Clear();
        var row = 0;
        for (var i = kept; i < tokens.Length; i++)
        {
            row = _context.Add(tokens[i], i, 0, i == tokens.Length - 1); // a soak's text is shorter than a batch
        }

        if (_context.Decode() != StepResult.Done)
        {
            throw new InvalidOperationException($"A step of {tokens.Length} tokens failed.");
        }

        _read.Clear();
        _read.AddRange(tokens);
        return _context.Logits(row).ToArray();
    }

    private string Text(Hypothesis hypothesis)
    {
        var vocabulary = _model.Vocabulary;
        return Encoding.UTF8.GetString([.. hypothesis.Tokens.Where(t => !vocabulary.IsControl(t) && !vocabulary.EndTokens.Contains(t)).SelectMany(t => vocabulary.PieceOf(t).ToArray())]);
    }
}
