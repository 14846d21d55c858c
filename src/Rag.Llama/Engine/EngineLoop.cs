using System.Threading.Channels;

namespace Rag.Llama.Engine;

/// <summary>The thread of a context: takes requests in, forms steps, hands tokens out. Everything here runs on that thread, but for what says otherwise.</summary>
internal sealed class EngineLoop
{
    private readonly Channel<Action> _inbox = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly EngineSlots _slots;
    private readonly AbortFlag _abort;
    private readonly Thread _thread;

    public EngineLoop(EngineSlots slots, AbortFlag abort, string name)
    {
        (_slots, _abort) = (slots, abort);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs something on the loop's thread, soon; false when the loop has ended. From any thread.</summary>
    public bool Post(Action action) => _inbox.Writer.TryWrite(action);

    /// <summary>Looks for cancelled requests, soon. From any thread.</summary>
    public void Wake() => Post(static () => { });

    /// <summary>Ends the loop and waits for it. From any thread but its own.</summary>
    public void Stop()
    {
        _inbox.Writer.TryComplete();
        _abort.Stop();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (TakeMessages())
            {
                _slots.DropCancelled();
                _slots.Admit();
                _slots.Step();
            }

            _slots.Close(new ObjectDisposedException(nameof(LlamaEngine), "The engine was disposed while the request ran."));
        }
#pragma warning disable CA1031 // whatever ends this thread must reach every request that waits for it
        catch (Exception e)
#pragma warning restore CA1031
        {
            _inbox.Writer.TryComplete();
            while (_inbox.Reader.TryRead(out var message))
            {
                message();
            }

            _slots.Close(e);
        }
    }

    // Waits only where there is nothing to compute: this thread belongs to the engine.
    private bool TakeMessages()
    {
        while (true)
        {
            while (_inbox.Reader.TryRead(out var message))
            {
                message();
            }

            if (_slots.HasWork)
            {
                return !_inbox.Reader.Completion.IsCompleted;
            }

            if (!_inbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                return false;
            }
        }
    }
}
