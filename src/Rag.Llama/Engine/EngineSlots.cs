namespace Rag.Llama.Engine;

/// <summary>The requests of an engine, waiting and in slots, and the steps that move them on. Used by the engine's thread alone.</summary>
internal sealed class EngineSlots : IDisposable
{
    private readonly Func<LlamaContext> _newContext;
    private readonly int _slots;
    private readonly int _keptBeginnings;
    private readonly AbortFlag _abort;
    private readonly EngineMetrics _metrics;
    private readonly Admission _admission;
    private readonly LinkedList<GenerationRun> _waiting = [];
    private readonly List<GenerationRun> _active = [];
    private LlamaContext _context;
    private long _step;
    private bool _full;

    public EngineSlots(Func<LlamaContext> newContext, int slots, int keptBeginnings, bool sharesBeginnings, AbortFlag abort, EngineMetrics metrics)
    {
        (_newContext, _slots, _keptBeginnings, _abort, _metrics) = (newContext, slots, keptBeginnings, abort, metrics);
        _admission = new(sharesBeginnings);
        _context = newContext();
        Memory = new(_context, keptBeginnings);
    }

    /// <summary>The sequences of the present context.</summary>
    public SequenceMemory Memory { get; private set; }

    public LlamaContext Context => _context;

    /// <summary>Whether there is anything to do without a further message.</summary>
    public bool HasWork => _active.Count + _waiting.Count > 0;

    /// <summary>Requests in slots; may be read from any thread.</summary>
    public int ActiveCount => _active.Count;

    public void Enqueue(GenerationRun generation) => _waiting.AddLast(generation);

    public void DropCancelled()
    {
        foreach (var generation in _active.Where(g => g.IsCancelled).ToList())
        {
            Release(generation);
            generation.Fail(new OperationCanceledException(generation.CancellationToken));
        }

        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsCancelled)
            {
                _waiting.Remove(node);
                node.Value.Fail(new OperationCanceledException(node.Value.CancellationToken));
            }

            node = next;
        }
    }

    /// <summary>Gives free slots to waiting requests, oldest first. After a shortage of room it waits until a request has ended.</summary>
    public void Admit()
    {
        _full &= _active.Count > 0;
        for (var node = _waiting.First; node is not null && _active.Count < _slots && !_full;)
        {
            var next = node.Next;
            if (_admission.TryPlace(node.Value, _active, Memory, _context))
            {
                _waiting.Remove(node);
                node.Value.Start();
                _active.Add(node.Value);
            }

            node = next;
        }
    }

    /// <summary>Computes one step of the requests that share the adapters whose turn it is.</summary>
    public void Step()
    {
        if (_active.Count == 0)
        {
            return;
        }

        var first = _active.MinBy(g => g.LastStep)!;
        var step = _active.Where(g => g.Adapters == first.Adapters).ToList();
        _context.Use([.. first.Request.Adapters.Select(a => (a.Adapter.Handle, a.Scale))]);
        while (step.Count > 0)
        {
            EngineStep.Fill(step, _context);
            switch (Decode(step))
            {
                case StepResult.Done:
                    _step++;
                    _metrics.Step();
                    step.ForEach(MoveOn);
                    return;
                case StepResult.NoRoom:
                    MakeRoom(step);
                    break;
                case StepResult.Aborted:
                    step.ForEach(Rewind);
                    return;
                default:
                    Replace();
                    return;
            }
        }
    }

    /// <summary>Fails everything, for the end of the engine.</summary>
    public void Close(Exception reason)
    {
        foreach (var generation in _active.Concat(_waiting).ToList())
        {
            generation.Fail(reason);
        }

        _active.Clear();
        _waiting.Clear();
    }

    public void Dispose() => _context.Dispose();

    private StepResult Decode(List<GenerationRun> step)
    {
        _abort.Begin(() => step.TrueForAll(g => g.IsCancelled));
        var result = _context.Decode();
        while (result == StepResult.NoRoom && Memory.ForgetOldest())
        {
            result = _context.Decode();
        }

        return result;
    }

    private void MoveOn(GenerationRun generation)
    {
        generation.CountStep();
        generation.LastStep = _step;
        try
        {
            if (Advance(generation) is { } cause)
            {
                Release(generation);
                _metrics.Completed(generation.Complete(cause));
            }
        }
#pragma warning disable CA1031 // the fault of one request, such as logits that are no numbers, is not the others'
        catch (Exception e)
#pragma warning restore CA1031
        {
            Release(generation);
            generation.Fail(e);
        }
    }

    private FinishCause? Advance(GenerationRun generation)
    {
        FinishCause? cause = null;
        if (generation.HasBegun)
        {
            cause = generation.Continuation.Take(generation, _context);
        }
        else
        {
            generation.Decoded += generation.Reading;
            if (generation.OutputRow >= 0)
            {
                generation.HasBegun = true;
                cause = generation.Continuation.Begin(generation, _context, generation.OutputRow);
            }
        }

        return cause ?? (generation.Tokens.Count > _context.Size ? Overflow(generation) : null);
    }

    private FinishCause? Overflow(GenerationRun generation)
    {
        if (generation.Request.Overflow == ContextOverflow.Stop)
        {
            return generation.Continuation.Finish(generation);
        }

        var kept = _context.Size / 4;
        generation.Tokens.RemoveRange(kept, (generation.Tokens.Count - kept) / 2);
        generation.Decoded = _context.Remove(generation.Sequence, kept) ? kept : 0;
        if (generation.Decoded == 0)
        {
            _context.Remove(generation.Sequence, 0);
        }

        generation.HasBegun = false;
        return null;
    }

    // The request that came last gives its room up and is read again when there is room; one alone ends where it stands.
    private void MakeRoom(List<GenerationRun> step)
    {
        var last = _active.Count > 1 ? _active.FindLast(g => g.Continuation.CanBeParked) : null;
        if (last is not null)
        {
            ReturnAll(last);
            _active.Remove(last);
            step.Remove(last);
            last.Park();
            _waiting.AddFirst(last);
            _full = true;
            return;
        }

        var ending = step[^1];
        step.Remove(ending);
        var cause = ending.Continuation.Finish(ending);
        Release(ending);
        _metrics.Completed(ending.Complete(cause));
    }

    private void Rewind(GenerationRun generation)
    {
        if (generation.IsCancelled || _context.Remove(generation.Sequence, generation.Decoded))
        {
            return;
        }

        _context.Remove(generation.Sequence, 0);
        generation.Decoded = 0;
        generation.HasBegun = false;
    }

    // After a failure of the backend what the context holds is lost: those that can be read again go on in a new one.
    private void Replace()
    {
        foreach (var generation in _active.ToList())
        {
            _active.Remove(generation);
            if (generation.Continuation.CanBeParked && !generation.WasMoved)
            {
                generation.Park();
                generation.WasMoved = true;
                _waiting.AddFirst(generation);
            }
            else
            {
                generation.Fail(new LlamaException("The backend failed while it computed this request, twice. Memory may be short: use a smaller context or batch."));
            }
        }

        _context.Dispose();
        _context = _newContext();
        Memory = new(_context, _keptBeginnings);
    }

    private void Release(GenerationRun generation)
    {
        _active.Remove(generation);
        _full = false;
        if (generation.MoreSequences.Length > 0)
        {
            ReturnAll(generation);
        }
        else
        {
            Memory.Keep(generation.Sequence, [.. generation.Tokens.Take(generation.Decoded)], generation.Adapters);
        }
    }

    private void ReturnAll(GenerationRun generation)
    {
        foreach (var sequence in generation.Sequences)
        {
            Memory.Return(sequence);
        }
    }
}
