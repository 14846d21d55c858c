namespace Rag.Llama.Decoding;

/// <summary>Beam search as a state machine that knows no model: look at <see cref="Rows"/>, decode each row's token, <see cref="Observe"/> each row's logits, <see cref="Advance"/>, until <see cref="IsFinished"/>.</summary>
/// <remarks>
/// Each step keeps the best ways to go on by sum of log-probabilities, ties by row, then by token id. A hypothesis that ends keeps its place, so the live ones become fewer (Sutskever et al. 2014, section 3.2);
/// width 1 is therefore greedy decoding. The search ends when none is live, at the token limit, or when the best finished ones cannot be overtaken: the score of a live one with sum s stays
/// at most s / maxTokens^alpha, as sums only fall. A constraint takes tokens out of the choice; log-probabilities stay those of the model, not renormalised; a beam to which it leaves nothing is dropped. Not safe for concurrent use.
/// </remarks>
public sealed class BeamSearch
{
    private readonly BeamSearchOptions _options;
    private readonly Func<int, bool> _isEnd;
    private readonly Func<ReadOnlySpan<int>, bool>? _isComplete;
    private readonly List<Hypothesis> _finished = [];
    private readonly BeamChoice _choice = new();
    private List<Beam> _live;
    private bool[] _observed = [false];
    private int _length;

    /// <summary>Starts with one row, the prompt.</summary>
    /// <param name="options">Width, limit and ranking.</param>
    /// <param name="isEnd">Whether a token ends the text. It becomes the text's last token.</param>
    /// <param name="constraint">What may come first; cloned, so it stays as it is. <see langword="null"/>: everything may come.</param>
    /// <param name="isComplete">Whether a text, without the prompt, is complete as it stands, such as after a stop sequence. <see langword="null"/>: never.</param>
    public BeamSearch(BeamSearchOptions options, Func<int, bool> isEnd, ITokenConstraint? constraint = null, Func<ReadOnlySpan<int>, bool>? isComplete = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(isEnd);
        (_options, _isEnd, _isComplete) = (options, isEnd, isComplete);
        _live = [new Beam([], 0, constraint?.Clone())];
        Rows = [new BeamRow(0, -1, -1)];
    }

    /// <summary>What to decode in this step, at least one row and at most the width; none once finished.</summary>
    public IReadOnlyList<BeamRow> Rows { get; private set; }

    /// <summary>Whether nothing is left to decode.</summary>
    public bool IsFinished => Rows.Count == 0;

    /// <summary>The best so far, at most <see cref="BeamSearchOptions.Best"/>, highest score first, ties by which came first; live ones are among them, unfinished, until the search ends early or they cannot win.</summary>
    public IReadOnlyList<Hypothesis> Hypotheses
    {
        get
        {
            var live = _live.Where(b => b.Tokens.Length > 0).Select(b => b.ToHypothesis(_options.LengthPenalty, finished: false));
            return [.. _finished.Concat(live).OrderByDescending(h => h.Score).Take(_options.Best)];
        }
    }

    /// <summary>Takes the logits that followed a row's token, once for each row of a step, in any order.</summary>
    /// <param name="row">The <see cref="BeamRow.Index"/>.</param>
    /// <param name="logits">One for each token of the vocabulary. Not kept.</param>
    /// <exception cref="ArgumentException">No logits.</exception>
    /// <exception cref="InvalidOperationException">The row was observed already.</exception>
    /// <exception cref="LlamaException">A logit is not a number or positive infinity, or all are negative infinity.</exception>
    public void Observe(int row, ReadOnlySpan<float> logits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows.Count);
        if (logits.IsEmpty)
        {
            throw new ArgumentException($"There are no logits for row {row}; give one for each token of the vocabulary.", nameof(logits));
        }

        if (_observed[row])
        {
            throw new InvalidOperationException($"Row {row} was observed already in this step. Observe each row once, then advance.");
        }

        _choice.Add(row, _live[row], logits, _options.Width - _finished.Count);
        _observed[row] = true;
    }

    /// <summary>Goes on to the next step.</summary>
    /// <exception cref="InvalidOperationException">A row was not observed, or the search has finished.</exception>
    /// <exception cref="LlamaException">The constraint leaves no token to any beam, and none has finished.</exception>
    public void Advance()
    {
        if (IsFinished)
        {
            throw new InvalidOperationException("The search has finished; take its hypotheses.");
        }

        if (Array.IndexOf(_observed, false) is >= 0 and var missing)
        {
            throw new InvalidOperationException($"Row {missing} was not observed. Observe each row once, then advance.");
        }

        _length++;
        var (parents, rows, live) = (_live, new List<BeamRow>(), new List<Beam>());
        foreach (var candidate in _choice.Take(_options.Width - _finished.Count))
        {
            var beam = parents[candidate.Row].With(candidate);
            if (_isEnd(candidate.Token) || (_isComplete?.Invoke(beam.Tokens) ?? false))
            {
                _finished.Add(beam.ToHypothesis(_options.LengthPenalty, finished: true));
            }
            else
            {
                rows.Add(new BeamRow(rows.Count, candidate.Token, candidate.Row));
                live.Add(_length < _options.MaxTokens ? beam.Live() : beam);
            }
        }

        if (live.Count == 0 && _finished.Count == 0)
        {
            throw new LlamaException($"The constraint allows no token after {_length - 1} tokens of any of the {parents.Count} beams. Loosen it, or let it allow an end token.");
        }

        (Rows, _live, _observed) = (rows, live, new bool[live.Count]);
        EndIfDone();
    }

    private void EndIfDone()
    {
        if (_length == _options.MaxTokens)
        {
            Rows = [];
        }
        else if (_finished.Count >= _options.Best && (_options.StopsEarly || CannotBeOvertaken()))
        {
            (Rows, _live) = ([], []);
        }
    }

    private bool CannotBeOvertaken()
    {
        var worst = _finished.Select(h => h.Score).OrderDescending().ElementAt(_options.Best - 1);
        return _live.TrueForAll(b => Beam.Score(b.LogProbability, _options.MaxTokens, _options.LengthPenalty) <= worst);
    }
}

/// <summary>What to decode next for one live beam.</summary>
/// <param name="Index">Which row of this step, from 0, best sum of log-probabilities first.</param>
/// <param name="Token">The token to decode; -1 in the first step, whose logits are those of the prompt's last token.</param>
/// <param name="Parent">The row of the step before whose text it continues, so whose cache it needs; several rows may share one. -1 in the first step.</param>
public readonly record struct BeamRow(int Index, int Token, int Parent);
