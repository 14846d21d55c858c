namespace Rag.Llama.Decoding;

/// <summary>The tokens still in the draw while the steps of <see cref="SamplingOptions"/> narrow them down. Room grows to what is needed and is kept, so a token allocates nothing.</summary>
/// <remarks>Weights are e^(logit - max) with the vocabulary's max, not normalised; shares of a mass are compared as products instead. The order within the set carries no meaning but is the same on every machine.</remarks>
internal sealed class CandidateSet
{
    /// <summary>Slack on a logarithmic bound, so that rounding keeps a token too many rather than one too few; the exact step follows.</summary>
    private const float Slack = 1e-2f;

    private ulong[] _room = [];
    private int _count;

    public ReadOnlySpan<ulong> Keys => _room.AsSpan(0, _count);

    /// <summary>Fills the set from a vocabulary and narrows it down to what may be drawn.</summary>
    public void Fill(ReadOnlySpan<float> logits, float max, SamplingOptions options)
    {
        var mass = Collect(logits, max, options);
        if (options.TypicalP < 1)
        {
            mass = KeepTypical(logits, max, options.TypicalP, mass);
        }

        if (options.TopP < 1)
        {
            _count = KeySelection.SmallestOfMass(_room.AsSpan(0, _count), logits, max, options.TopP * mass);
        }

        if (options.MinP > 0)
        {
            KeepAtLeast(logits, options.MinP);
        }
    }

    /// <summary>The token at <paramref name="share"/>, 0 to less than 1, of the mass at a temperature of 1 / <paramref name="scale"/>.</summary>
    public int At(double share, ReadOnlySpan<float> logits, float scale)
    {
        var best = BestLogit(logits);
        var mass = 0.0;
        foreach (var key in Keys)
        {
            mass += Exponential.Of((logits[CandidateKey.Token(key)] - best) * scale);
        }

        var rest = share * mass;
        var token = -1;
        foreach (var key in Keys)
        {
            var weight = Exponential.Of((logits[CandidateKey.Token(key)] - best) * scale);
            if (weight > 0)
            {
                token = CandidateKey.Token(key);
                rest -= weight;
                if (rest < 0)
                {
                    break;
                }
            }
        }

        // rounding may leave a trace of the mass behind the last token, which then takes it
        return token;
    }

    /// <summary>Takes from the vocabulary what the first narrowing step may keep; gives the mass that step's shares refer to.</summary>
    private double Collect(ReadOnlySpan<float> logits, float max, SamplingOptions options)
    {
        if (options.TopK > 0 && options.TopK < logits.Length)
        {
            Reserve(VocabularyScan.RoomForTop(options.TopK, logits.Length));
            _count = VocabularyScan.Top(logits, options.TopK, _room);
            return options.TypicalP < 1 || options.TopP < 1 ? KeySelection.Mass(Keys, logits, max) : 0;
        }

        Reserve(logits.Length);
        if (options.TypicalP == 1 && options.TopP == 1)
        {
            _count = VocabularyScan.AtLeast(logits, max + MathF.Log((float)options.MinP) - Slack, _room);
            return 0;
        }

        var mass = Exponential.Sum(logits, max);
        if (options.TypicalP < 1)
        {
            _count = VocabularyScan.AtLeast(logits, float.NegativeInfinity, _room);
        }
        else
        {
            CollectNucleus(logits, max, options.TopP, mass);
        }

        return mass;
    }

    /// <summary>Takes enough of the most probable tokens for top-p: mostly few make up its mass, so few are tried first.</summary>
    private void CollectNucleus(ReadOnlySpan<float> logits, float max, double topP, double mass)
    {
        for (var top = 256; top <= logits.Length / 16; top *= 16)
        {
            _count = VocabularyScan.Top(logits, top, _room.AsSpan(0, VocabularyScan.RoomForTop(top, logits.Length)));
            if (KeySelection.Mass(Keys, logits, max) >= topP * mass)
            {
                return;
            }
        }

        // tokens below an equal part of the mass outside of top-p cannot make it up together, so top-p never gets to them
        _count = VocabularyScan.AtLeast(logits, max + (float)Math.Log((1 - topP) * mass / logits.Length) - Slack, _room);
    }

    private double KeepTypical(ReadOnlySpan<float> logits, float max, double typicalP, double mass)
    {
        // entropy: with weights w = e^x of mass Z, H = -sum(w/Z * log(w/Z)) = log Z - sum(w * x) / Z, so |-log p - H| = |sum(w * x) / Z - x|
        var weighted = 0.0;
        foreach (var key in Keys)
        {
            var x = logits[CandidateKey.Token(key)] - max;
            var weight = Exponential.Of(x);
            weighted += weight > 0 ? weight * (double)x : 0;
        }

        var expected = weighted / mass;
        foreach (ref var key in _room.AsSpan(0, _count))
        {
            var token = CandidateKey.Token(key);
            key = CandidateKey.Ascending((float)Math.Abs(expected - (logits[token] - max)), token);
        }

        _count = KeySelection.SmallestOfMass(_room.AsSpan(0, _count), logits, max, typicalP * mass);
        foreach (ref var key in _room.AsSpan(0, _count))
        {
            var token = CandidateKey.Token(key);
            key = CandidateKey.Descending(logits[token], token);
        }

        return KeySelection.Mass(Keys, logits, max);
    }

    private void KeepAtLeast(ReadOnlySpan<float> logits, double minP)
    {
        var best = BestLogit(logits);
        var kept = 0;
        foreach (var key in Keys)
        {
            if (Exponential.Of(logits[CandidateKey.Token(key)] - best) >= minP)
            {
                _room[kept++] = key;
            }
        }

        _count = kept;
    }

    private float BestLogit(ReadOnlySpan<float> logits)
    {
        var best = float.NegativeInfinity;
        foreach (var key in Keys)
        {
            best = Math.Max(best, logits[CandidateKey.Token(key)]);
        }

        return best;
    }

    private void Reserve(int length)
    {
        if (_room.Length < length)
        {
            _room = new ulong[length];
        }
    }
}
