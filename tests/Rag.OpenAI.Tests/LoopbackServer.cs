using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rag.OpenAI.Tests;

/// <summary>A real socket on this machine that writes what a test says, and then closes it, resets it, or says nothing more.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Func<int, LoopbackReply> _reply;
    private int _connections;

    /// <param name="reply">What to write on the connection of this number, from 0.</param>
    public LoopbackServer(Func<int, LoopbackReply> reply)
    {
        _reply = reply;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    public int Connections => _connections;

    /// <summary>Ends when the client of a reply that stalls or never ends has gone.</summary>
    public TaskCompletionSource ClientGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _stopped.Cancel();
        _listener.Dispose();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token), Interlocked.Increment(ref _connections) - 1);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using var connection = client;
        try
        {
            await using var stream = connection.GetStream();
            var request = new byte[1 << 16];
            _ = await stream.ReadAsync(request, _stopped.Token);
            var reply = _reply(number);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply.Text), _stopped.Token);
            switch (reply.Then)
            {
                case LoopbackEnd.Reset:
                    connection.Client.LingerState = new(enable: true, seconds: 0);
                    break;
                case LoopbackEnd.Stall:
                    while (await stream.ReadAsync(request, _stopped.Token) > 0)
                    {
                        // the rest of the request
                    }

                    ClientGone.TrySetResult();
                    break;
                case LoopbackEnd.Repeat:
                    while (true)
                    {
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(reply.Again), _stopped.Token);
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
