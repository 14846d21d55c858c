using System.Net.Sockets;
using System.Text;

namespace Rag.Testing;

/// <summary>A request as it came in.</summary>
public sealed record LoopbackRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What is answered, in JSON.</summary>
public sealed record LoopbackAnswer(int Status, string Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>An HTTP/1.1 server on a port of this machine. Requests are dealt with one after the other.</summary>
public sealed class LoopbackHttp : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<LoopbackRequest, LoopbackAnswer> _answer;
    private readonly Lock _gate = new();
    private readonly List<(LoopbackRequest Request, LoopbackAnswer Answer)> _exchanges = [];

    public LoopbackHttp(Func<LoopbackRequest, LoopbackAnswer> answer)
    {
        _answer = answer;
        _listener = new(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{_listener.Port}";

    /// <summary>Stands between the callers and the server, and may call it, or not, or answer in its place; <see langword="null"/> ends the connection without an answer.</summary>
    public Func<LoopbackRequest, Func<LoopbackAnswer>, LoopbackAnswer?> Between { get; set; } = (_, pass) => pass();

    /// <summary>The requests that the server dealt with and its answers, also those that were lost on the way.</summary>
    public IReadOnlyList<(LoopbackRequest Request, LoopbackAnswer Answer)> Exchanges
    {
        get
        {
            lock (_gate)
            {
                return [.. _exchanges];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stopped)
    {
        var (buffer, filled) = (new byte[1 << 16], 0);
        while (true)
        {
            int end;
            while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await FillAsync())
                {
                    return;
                }
            }

            var lines = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
            var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(h => h[0].Trim(), h => h[1].Trim(), StringComparer.OrdinalIgnoreCase);
            var total = end + 4 + (headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0);
            while (filled < total)
            {
                if (!await FillAsync())
                {
                    return;
                }
            }

            var (first, body) = (lines[0].Split(' '), Encoding.UTF8.GetString(buffer, end + 4, total - end - 4));
            Buffer.BlockCopy(buffer, total, buffer, 0, filled -= total);
            var target = first[1].Split('?', 2);
            if (Answer(new(first[0], Uri.UnescapeDataString(target[0]), target.ElementAtOrDefault(1) ?? "", headers, body)) is not { } answer)
            {
                return;
            }

            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            var head = new StringBuilder($"HTTP/1.1 {answer.Status} Because\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n");
            foreach (var (name, value) in answer.Headers)
            {
                head.Append($"{name}: {value}\r\n");
            }

            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{head}\r\n"), .. bytes], stopped);
        }

        async Task<bool> FillAsync()
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(filled), stopped);
            filled += read;
            return read > 0;
        }
    }

    private LoopbackAnswer? Answer(LoopbackRequest request)
    {
        lock (_gate)
        {
            return Between(request, () =>
            {
                var answer = _answer(request);
                _exchanges.Add((request, answer));
                return answer;
            });
        }
    }
}
