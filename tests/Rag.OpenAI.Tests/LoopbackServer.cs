using System.Net.Sockets;
using System.Text;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

/// <summary>A real socket on this machine that writes what a test says, and then closes it, resets it, or says nothing more.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<int, LoopbackReply> _reply;
    private int _connections;

    /// <param name="reply">What to write on the connection of this number, from 0.</param>
    public LoopbackServer(Func<int, LoopbackReply> reply)
    {
        _reply = reply;
        _listener = new(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{_listener.Port}/v1";

    public int Connections => _connections;

    /// <summary>Ends when the client of a reply that stalls or never ends has gone.</summary>
    public TaskCompletionSource ClientGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stopped)
    {
        try
        {
            var request = new byte[1 << 16];
            var number = Interlocked.Increment(ref _connections) - 1;
            _ = await stream.ReadAsync(request, stopped);
            var reply = _reply(number);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply.Text), stopped);
            switch (reply.Then)
            {
                case LoopbackEnd.Reset:
                    stream.Socket.LingerState = new(enable: true, seconds: 0);
                    break;
                case LoopbackEnd.Stall:
                    while (await stream.ReadAsync(request, stopped) > 0)
                    {
                        // the rest of the request
                    }

                    ClientGone.TrySetResult();
                    break;
                case LoopbackEnd.Repeat:
                    while (true)
                    {
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply.Again), stopped);
                    }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            ClientGone.TrySetResult();
        }
    }
}

/// <summary>What is written on a connection.</summary>
internal sealed record LoopbackReply(string Text, LoopbackEnd Then = LoopbackEnd.Close, string Again = "")
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    public static LoopbackReply Events(string text, LoopbackEnd then = LoopbackEnd.Close, string again = "") => new(Head + text, then, again);
}

/// <summary>What comes after it.</summary>
internal enum LoopbackEnd
{
    Close,
    Reset,
    Stall,
    Repeat,
}
