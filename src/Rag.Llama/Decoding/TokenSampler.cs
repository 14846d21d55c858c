namespace Rag.Llama.Decoding;

/// <summary>Draws one token after the other for one text. Keeps scratch room of the vocabulary's size; not safe for concurrent use.</summary>
/// <remarks>
/// The same seed, options, logits and history give the same tokens on every machine: the generator (xoshiro256**) and the exponential are our own, and no sum depends on the processor.
/// Of the machine's mathematics only the logarithm is used, for reported log-probabilities and for bounds that leave room for its rounding.
/// A call draws once, twice if the constraint refuses; at temperature 0 it draws nothing.
/// </remarks>
public sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly LogitAdjustment _adjustment;
    private readonly CandidateSet _candidates = new();
    private readonly WholeVocabulary _vocabulary = new();
    private readonly bool _narrows;
    private readonly float _scale;
    private Xoshiro256 _random;
    private float[] _scratch = [];

    /// <summary>Draws as <paramref name="options"/> say, from <paramref name="seed"/> on, which counts instead of the options' own; see <see cref="SamplingOptions.SeedOr"/>.</summary>
    public TokenSampler(SamplingOptions options, uint seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _adjustment = new LogitAdjustment(options);
        _narrows = options.TopK > 0 || options.TypicalP < 1 || options.TopP < 1 || options.MinP > 0;
        _scale = (float)Math.Min(1 / options.Temperature, 1e30); // a bound, as infinity times the zero of the best token is not a number
        _random = new Xoshiro256(seed);
        Seed = seed;
    }

    /// <summary>The seed that the draws started from.</summary>
    public uint Seed { get; }

    /// <summary>The next token.</summary>
    /// <param name="logits">One for each token of the vocabulary, by token id. Negative infinity forbids a token.</param>
    /// <param name="history">The tokens so far, those of the prompt included, oldest first; only the penalties look at them. Ids outside of the vocabulary count for nothing.</param>
    /// <param name="constraint">What may come next. It is only asked: moving it on by the token is left to the caller.</param>
    /// <param name="alternatives"><see langword="null"/> reports no log-probabilities; 0 the token's own, which costs a pass over the vocabulary; n also the n most probable tokens.</param>
    /// <exception cref="ArgumentException">No logits, or fewer than 0 alternatives.</exception>
    /// <exception cref="LlamaException">A logit is not a number or positive infinity; nothing is left to choose; the bias names a token outside of the vocabulary.</exception>
    public SampledToken Sample(ReadOnlySpan<float> logits, ReadOnlySpan<int> history = default, ITokenConstraint? constraint = null, int? alternatives = null)
    {
        if (logits.IsEmpty)
        {
            throw new ArgumentException("There are no logits to sample from; give one for each token of the vocabulary.", nameof(logits));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(alternatives ?? 0, nameof(alternatives));
        var token = Choose(logits, history, constraint);
        return alternatives is { } top ? Reported(token, logits, top) : new SampledToken(token, null, []);
    }

    private int Choose(ReadOnlySpan<float> logits, ReadOnlySpan<int> history, ITokenConstraint? constraint)
    {
        var adjusted = logits;
        if (!_adjustment.ChangesNothing)
        {
            var changed = Copy(logits);
            _adjustment.Apply(changed, history);
            adjusted = changed;
        }

        var token = Draw(adjusted);
        if (constraint is null || constraint.Allows(token))
        {
            return token;
        }

        // Masking asks about every token, so it waits for a refusal. Plain sampling stays exact: an allowed t comes with p(t) at once, or with (1 - p(A)) * p(t) / p(A)
        // after a refusal, A being what is allowed; together p(t) / p(A). At temperature 0 both draws take the best, so the second finds the best allowed.
        // Steps that narrow the choice see all tokens in the first draw and only the allowed ones in the second, as in llama.cpp.
        var masked = _adjustment.ChangesNothing ? Copy(logits) : _scratch.AsSpan(0, logits.Length);
        constraint.Mask(masked);
        return Draw(masked);
    }

    private int Draw(ReadOnlySpan<float> logits)
    {
        if (_options.Temperature == 0)
        {
            return VocabularyScan.Best(logits).Token;
        }

        var max = VocabularyScan.Highest(logits);
        if (!_narrows)
        {
            return _vocabulary.At(_random.NextShare(), logits, max, _scale);
        }

        _candidates.Fill(logits, max, _options);
        return _candidates.At(_random.NextShare(), logits, _scale);
    }

    private static SampledToken Reported(int token, ReadOnlySpan<float> logits, int alternatives)
    {
        var normaliser = Exponential.LogSum(logits, VocabularyScan.Highest(logits));
        return new SampledToken(token, logits[token] - normaliser, alternatives == 0 ? [] : TokenProbability.Top(logits, normaliser, alternatives));
    }

    private Span<float> Copy(ReadOnlySpan<float> logits)
    {
        if (_scratch.Length < logits.Length)
        {
            _scratch = new float[logits.Length];
        }

        logits.CopyTo(_scratch);
        return _scratch.AsSpan(0, logits.Length);
    }
}
