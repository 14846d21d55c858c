using System.Net.Sockets;
using System.Text;
using Rag.Testing;

namespace Rag.Llama.Tests.Models;

/// <summary>Answers each connection of this machine with what a test says, byte by byte, so that it can lie and break off.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly LoopbackListener listener;
    private readonly Func<FileRequest, FileAnswer> answer;
    private readonly List<FileRequest> requests = [];

    public FileServer(Func<FileRequest, FileAnswer> answer)
    {
        this.answer = answer;
        listener = new(ServeAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{listener.Port}/");

    public IReadOnlyList<FileRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stopped)
    {
        var request = await ReadAsync(stream, stopped);
        lock (requests)
        {
            requests.Add(request);
        }

        var reply = answer(request);
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Because\r\nConnection: close\r\n");
        foreach (var (name, value) in reply.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stopped);
        await stream.WriteAsync(reply.Body, stopped);
        while (reply.Stalls && await stream.ReadAsync(new byte[1], stopped) > 0)
        {
            // until the client has gone
        }
    }

    private static async Task<FileRequest> ReadAsync(NetworkStream stream, CancellationToken stopped)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. bytes.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stopped) == 0)
            {
                throw new IOException("The client has gone.");
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);
        return new(lines[0].Split(' ')[1], headers.GetValueOrDefault("Range") is { } range ? int.Parse(range["bytes=".Length..^1]) : 0, headers.GetValueOrDefault("If-Range"));
    }
}

/// <summary>What a client asked for.</summary>
internal sealed record FileRequest(string Path, int From, string? IfRange);

/// <summary>What the server says; a length that the body does not have breaks the connection off.</summary>
internal sealed record FileAnswer(int Status, byte[] Body, bool Stalls = false)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The whole file.</summary>
    public static FileAnswer Whole(byte[] file, string? tag = "\"one\"") => With(200, file, file.Length, tag);

    /// <summary>The file's rest, or the whole file where that is asked for or the tag is another.</summary>
    public static FileAnswer Rest(byte[] file, FileRequest request, string tag = "\"one\"")
    {
        if (request.From == 0 || (request.IfRange is not null && request.IfRange != tag))
        {
            return Whole(file, tag);
        }

        var rest = With(206, file[request.From..], file.Length - request.From, tag);
        rest.Headers["Content-Range"] = $"bytes {request.From}-{file.Length - 1}/{file.Length}";
        return rest;
    }

    public static FileAnswer Redirect(string location, int status = 302) => new(status, []) { Headers = { ["Location"] = location, ["Content-Length"] = "0" } };

    public static FileAnswer Refusal(int status) => new(status, []) { Headers = { ["Content-Length"] = "0" } };

    /// <summary>The same answer, broken off after some bytes, or stalled there.</summary>
    public FileAnswer CutAfter(int bytes, bool stalls = false) => this with { Body = Body[..bytes], Stalls = stalls };

    private static FileAnswer With(int status, byte[] body, int length, string? tag)
    {
        var answer = new FileAnswer(status, body) { Headers = { ["Content-Length"] = $"{length}" } };
        if (tag is not null)
        {
            answer.Headers["ETag"] = tag;
        }

        return answer;
    }
}
