using System.Threading.Channels;
using Rag.Llama.Engine;

namespace Rag.Llama.Embeddings;

/// <summary>A context and the one thread that uses it: reads texts of many callers, many a step, and gives what the model makes of each. Safe for concurrent use.</summary>
internal sealed class ReadingLoop : IDisposable
{
    private readonly Channel<ReadingRequest> _inbox = Channel.CreateUnbounded<ReadingRequest>(new() { SingleReader = true });
    private readonly ReadingQueue _queue = new();
    private readonly AbortFlag _abort = new();
    private readonly LlamaModel _model;
    private readonly Reading _reading;
    private readonly VectorTelemetry _telemetry;
    private readonly Thread _thread;
    private LlamaContext _context;
    private Exception? _fault;
    private int _disposed;

    /// <exception cref="LlamaException">There is not enough memory for the context.</exception>
    public ReadingLoop(LlamaModel model, Reading reading, VectorTelemetry telemetry)
    {
        (_model, _reading, _telemetry) = (model, reading, telemetry);
        _context = NewContext();
        _thread = new Thread(Run) { IsBackground = true, Name = $"llama {telemetry.Operation} {model.Name}" };
        _thread.Start();
    }

    /// <summary>What the model makes of each text, in their order; the same array for equal texts.</summary>
    /// <param name="texts">Tokens; none empty, none longer than <see cref="Reading.Longest"/>.</param>
    /// <param name="cancellationToken">Stops waiting; a step that nobody waits for is stopped.</param>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="LlamaException">The backend failed.</exception>
    public async Task<float[][]> ReadAsync(IReadOnlyList<int[]> texts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (texts.Count == 0)
        {
            return [];
        }

        // Equal texts are read once, which also gives them equal results: sums round otherwise at another place of a step.
        var places = new Dictionary<int[], int>(TokenSequenceComparer.Instance);
        foreach (var text in texts)
        {
            places.TryAdd(text, places.Count);
        }

        var results = await ReadAsync(new ReadingRequest([.. places.Keys], cancellationToken), cancellationToken);
        return [.. texts.Select(t => results[places[t]])];
    }

    /// <summary>Stops the step that runs, fails what waits, and frees the context.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _inbox.Writer.TryComplete();
            _abort.Stop();
            _thread.Join();
            _context.Dispose();
            _abort.Dispose();
        }
    }

    private async Task<float[][]> ReadAsync(ReadingRequest request, CancellationToken cancellationToken)
    {
        if (!_inbox.Writer.TryWrite(request))
        {
            throw Ended();
        }

        using var registration = cancellationToken.Register(request.Cancel);
        return await request.Completion;
    }

    private void Run()
    {
        try
        {
            while (TakeRequests())
            {
                Step(_queue.Next(_context.Batch.Capacity, _context.Sequences));
            }

            Close(Ended());
        }
#pragma warning disable CA1031 // whatever ends this thread must reach every request that waits for it
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = e;
            _inbox.Writer.TryComplete();
            Close(Ended());
        }
    }

    // Waits only where there is nothing to compute: this thread belongs to the loop.
    private bool TakeRequests()
    {
        while (true)
        {
            while (_inbox.Reader.TryRead(out var request))
            {
                _queue.Add(request);
            }

            if (!_queue.IsEmpty)
            {
                return !_inbox.Reader.Completion.IsCompleted;
            }

            if (!_inbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                return false;
            }
        }
    }

    private void Step(IReadOnlyList<ReadingItem> step)
    {
        if (step.Count == 0)
        {
            return;
        }

        try
        {
            Compute(step);
        }
        catch (Exception e)
        {
            Fail(step, e is LlamaException ? e : new LlamaException($"Reading with '{_model.Name}' ended: {e.Message}", e));
            if (e is not LlamaException)
            {
                throw;
            }
        }
    }

    private void Compute(IReadOnlyList<ReadingItem> step)
    {
        var last = Fill(step);
        _abort.Begin(() => step.All(item => item.Request.IsOver));
        var result = _context.Decode();
        switch (result)
        {
            case StepResult.Done:
                _telemetry.Step();
                for (var i = 0; i < step.Count; i++)
                {
                    step[i].Request.Take(step[i].Index, _reading.Result(_context, i, last[i]));
                }

                break;
            case StepResult.Aborted:
                // cancelled, all of them, or the end of the loop
                Fail(step, Ended());
                break;
            default:
                Fail(step, new LlamaException($"The backend failed while it read {_context.Batch.Count} tokens with '{_model.Name}'. Memory may be short: use a smaller context."));
                _context.Dispose();
                _context = NewContext();
                break;
        }
    }

    /// <summary>Fills the batch; gives the row of each text's last token.</summary>
    private int[] Fill(IReadOnlyList<ReadingItem> step)
    {
        _context.Clear();
        _context.Batch.Clear();
        var last = new int[step.Count];
        for (var i = 0; i < step.Count; i++)
        {
            var tokens = step[i].Tokens;
            for (var position = 0; position < tokens.Length; position++)
            {
                last[i] = _context.Add(tokens[position], position, i, _reading.AllRows || position == tokens.Length - 1);
            }
        }

        return last;
    }

    private LlamaContext NewContext()
    {
        var parameters = _reading.Parameters;
        _abort.WriteTo(ref parameters);
        return new LlamaContext(_model, parameters);
    }

    private Exception Ended() => _fault is null
        ? new ObjectDisposedException(_telemetry.Operation, $"The {_telemetry.Operation} with '{_model.Name}' was disposed.")
        : new LlamaException($"Reading with '{_model.Name}' ended by a fault: {_fault.Message}", _fault);

    private void Close(Exception reason)
    {
        while (_inbox.Reader.TryRead(out var request))
        {
            request.Fail(reason);
        }

        _queue.Close(reason);
    }

    private static void Fail(IReadOnlyList<ReadingItem> step, Exception reason)
    {
        foreach (var item in step)
        {
            item.Request.Fail(reason);
        }
    }
}
