using System.Text;
using Rag.Llama.Decoding;

namespace Rag.Llama.Engine;

/// <summary>Beam search: a row for each live beam a step. Two banks of sequences: each step the survivors move from one to the other.</summary>
internal sealed class BeamContinuation : IContinuation
{
    private readonly LlamaVocabulary _vocabulary;
    private readonly BeamSearch _search;
    private readonly int _width;
    private int[] _live = [];
    private int[] _spare = [];
    private int[] _rows = [];

    public BeamContinuation(GenerationRequest request, LlamaModel model, int contextSize)
    {
        _vocabulary = model.Vocabulary;
        var room = Math.Min(request.MaxTokens ?? int.MaxValue, contextSize - request.Prompt.Length);
        var options = request.Beams! with { MaxTokens = Math.Min(request.Beams.MaxTokens, room) };
        var constraint = request.Grammar is { } use ? new GrammarGate(use, model).Constraint : null;
        _width = options.Width;
        _search = new(options, _vocabulary.EndTokens.Contains, constraint, request.Stop.Count == 0 ? null : tokens => request.Stop.Any(Text(tokens.ToArray()).Contains));
    }

    // Once it writes, reading every beam again would cost more than waiting for others to end.
    public bool CanBeParked => _live.Length == 0;

    public int MoreSequences => (2 * _width) - 1;

    public FinishCause? Begin(GenerationRun generation, LlamaContext context, int row)
    {
        var logits = context.Logits(row);
        generation.FirstToken();
        _live = [generation.Sequence, .. generation.MoreSequences[..(_width - 1)]];
        _spare = generation.MoreSequences[(_width - 1)..];
        _search.Observe(0, logits);
        return Advance(generation, context);
    }

    public void AddRows(GenerationRun generation, LlamaContext context)
    {
        var position = generation.Request.Prompt.Length + generation.Generated - 1;
        _rows = [.. _search.Rows.Select(row => context.Add(row.Token, position, _live[row.Index], output: true))];
    }

    public FinishCause? Take(GenerationRun generation, LlamaContext context)
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            _search.Observe(row, context.Logits(_rows[row]));
        }

        return Advance(generation, context);
    }

    /// <summary>Gives the best text found so far; for the end, or when there is no room to go on.</summary>
    public FinishCause Finish(GenerationRun generation)
    {
        generation.Best = [.. _search.Hypotheses.Select(h => new GeneratedText(Cut(Text(h.Tokens), generation.Request.Stop), h.LogProbability, h.Score))];
        generation.Output.Write(generation.Best[0].Text);
        var best = _search.Hypotheses[0];
        generation.Generated = best.Tokens.Count(t => !_vocabulary.EndTokens.Contains(t));
        return !best.Finished ? FinishCause.Length : _vocabulary.EndTokens.Contains(best.Tokens[^1]) ? FinishCause.End : FinishCause.StopText;
    }

    private FinishCause? Advance(GenerationRun generation, LlamaContext context)
    {
        _search.Advance();
        generation.Generated++;
        foreach (var row in _search.Rows)
        {
            context.Copy(_live[row.Parent], _spare[row.Index], -1);
        }

        foreach (var sequence in _live)
        {
            context.Remove(sequence, 0);
        }

        (_live, _spare) = (_spare, _live);
        return _search.IsFinished ? Finish(generation) : null;
    }

    private string Text(IEnumerable<int> tokens) =>
        Encoding.UTF8.GetString([.. tokens.Where(t => !_vocabulary.IsControl(t) && !_vocabulary.EndTokens.Contains(t)).SelectMany(t => _vocabulary.PieceOf(t).ToArray())]);

    private static string Cut(string text, IReadOnlyList<string> stops) =>
        text[..stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min()];
}
