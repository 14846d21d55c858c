using System.Net;
using System.Net.Sockets;

namespace Rag.Testing;

/// <summary>A port of this machine on which a test answers each connection as it likes, until it is disposed of.</summary>
public sealed class LoopbackListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;

    /// <param name="answer">Reads and writes on one connection, which closes when it ends; the token stops it. A client that leaves may end it by an <see cref="IOException"/>.</param>
    public LoopbackListener(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
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
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stopped.Token), _stopped.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stopped)
    {
        try
        {
            using var connection = client;
            await using var stream = connection.GetStream();
            await _answer(stream, stopped);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the client has gone, or the test is over
        }
    }
}
