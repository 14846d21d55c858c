namespace Rag.Llama.Engine;

/// <summary>Who owns which sequence of a context: generations, or beginnings that are kept so that the next request that shares them need not read them again.</summary>
/// <remarks>Kept beginnings are given up oldest use first. Used by the engine's thread alone.</remarks>
internal sealed class SequenceMemory
{
    // A shorter beginning costs less to read again than a sequence is worth.
    public const int ShortestKept = 16;

    private readonly LlamaContext _context;
    private readonly Stack<int> _free;
    private readonly List<Kept> _kept = [];
    private readonly int _mostKept;

    /// <param name="context">The context.</param>
    /// <param name="mostKept">Beginnings kept at the most.</param>
    public SequenceMemory(LlamaContext context, int mostKept)
    {
        _context = context;
        _mostKept = mostKept;
        _free = new(Enumerable.Range(0, context.Sequences).Reverse());
    }

    /// <summary>Sequences that can be had, kept ones given up.</summary>
    public int Available => _free.Count + _kept.Count;

    /// <summary>An empty sequence.</summary>
    public int Take()
    {
        if (_free.Count == 0)
        {
            ForgetOldest();
        }

        return _free.Pop();
    }

    /// <summary>Empties a sequence and takes it back.</summary>
    public void Return(int sequence)
    {
        _context.Remove(sequence, 0);
        _free.Push(sequence);
    }

    /// <summary>The longest kept beginning of <paramref name="tokens"/> that was read with the same adapters, and how much of it they share.</summary>
    public (Kept? Beginning, int Length) Longest(ReadOnlySpan<int> tokens, string adapters)
    {
        Kept? best = null;
        var length = 0;
        foreach (var kept in _kept)
        {
            var common = kept.Adapters == adapters ? tokens.CommonPrefixLength(kept.Tokens) : 0;
            if (common > length)
            {
                (best, length) = (kept, common);
            }
        }

        return (best, length);
    }

    /// <summary>What the model made of <paramref name="tokens"/>; <see langword="null"/> where no kept beginning holds them all.</summary>
    public byte[]? Save(int[] tokens)
    {
        var (kept, length) = Longest(tokens, "");
        if (kept is null || length < tokens.Length)
        {
            return null;
        }

        if (kept.Tokens.Length == length)
        {
            return _context.Save(kept.Sequence);
        }

        Touch(kept);
        var sequence = Take();
        _context.Copy(kept.Sequence, sequence, length);
        var state = _context.Save(sequence);
        Return(sequence);
        return state;
    }

    /// <summary>Keeps a saved beginning; false where its state does not fit this context.</summary>
    public bool Load(int[] tokens, ReadOnlySpan<byte> state)
    {
        if (_mostKept == 0)
        {
            return false;
        }

        var sequence = Take();
        while (!_context.Restore(sequence, state))
        {
            if (!ForgetOldest())
            {
                Return(sequence);
                return false;
            }
        }

        Keep(sequence, tokens, "");
        return true;
    }

    /// <summary>Takes a kept beginning over, to be continued in its own sequence.</summary>
    public int Claim(Kept beginning)
    {
        _kept.Remove(beginning);
        return beginning.Sequence;
    }

    /// <summary>Notes that a beginning was of use.</summary>
    public void Touch(Kept beginning)
    {
        _kept.Remove(beginning);
        _kept.Add(beginning);
    }

    /// <summary>Keeps what a sequence holds, or takes the sequence back where that is not worth it.</summary>
    public void Keep(int sequence, int[] tokens, string adapters)
    {
        if (_mostKept == 0 || tokens.Length < ShortestKept || _kept.Exists(k => k.Adapters == adapters && k.Tokens.AsSpan().StartsWith(tokens)))
        {
            Return(sequence);
            return;
        }

        foreach (var shorter in _kept.Where(k => k.Adapters == adapters && tokens.AsSpan().StartsWith(k.Tokens)).ToList())
        {
            Forget(shorter);
        }

        while (_kept.Count >= _mostKept)
        {
            ForgetOldest();
        }

        _kept.Add(new(sequence, tokens, adapters));
    }

    /// <summary>Gives up the beginning that was not used for longest; false where none is kept.</summary>
    public bool ForgetOldest()
    {
        if (_kept.Count == 0)
        {
            return false;
        }

        Forget(_kept[0]);
        return true;
    }

    private void Forget(Kept kept)
    {
        _kept.Remove(kept);
        Return(kept.Sequence);
    }

    /// <summary>A beginning that is kept.</summary>
    /// <param name="Sequence">Where.</param>
    /// <param name="Tokens">What.</param>
    /// <param name="Adapters">The adapters it was read with.</param>
    public sealed record Kept(int Sequence, int[] Tokens, string Adapters);
}
