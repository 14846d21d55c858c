using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Testing;

namespace Rag.Cli.Tests;

/// <summary>An OpenAI-compatible server on this machine: one that answers with a fixed text, makes vectors of the words of texts, and scores texts by the words that they share with the query.</summary>
internal sealed class ModelServer : IDisposable
{
    private const int Dimensions = 64;

    private readonly LoopbackListener _listener;
    private readonly List<(string Line, string Head, JsonElement Body)> _requests = [];

    public ModelServer()
    {
        _listener = new(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{_listener.Port}/v1";

    public string[] Models { get; init; } = ["small"];

    /// <summary>What it answers to every conversation.</summary>
    public string Answer { get; init; } = "The archive was founded by Ada Crane in 1987. [1]";

    /// <summary>What it answers above temperature 0; the same where <see langword="null"/>.</summary>
    public string? Warm { get; init; }

    /// <summary>Status and body of every reply, in place of the proper one.</summary>
    public (int Status, string Body)? Instead { get; init; }

    public IReadOnlyList<(string Line, string Head, JsonElement Body)> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stopped)
    {
        var head = await HeadAsync(stream, stopped);
        var length = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line ? int.Parse(line.Split(':')[1]) : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stopped);
        var asked = (Line: head.Split(" HTTP/")[0], head, length == 0 ? default : JsonElement.Parse(body));
        lock (_requests)
        {
            _requests.Add(asked);
        }

        var (status, type, reply) = Instead is { } instead ? (instead.Status, "application/json", instead.Body) : Reply(asked.Line, asked.Item3);
        var bytes = Encoding.UTF8.GetBytes(reply);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Because\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), stopped);
        await stream.WriteAsync(bytes, stopped);
    }

    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken stopped)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, stopped);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private (int Status, string Type, string Body) Reply(string line, JsonElement body)
    {
        if (line == "GET /v1/models")
        {
            return Json(new() { ["data"] = new JsonArray([.. Models.Select(m => new JsonObject { ["id"] = m })]) });
        }

        if (!Models.Contains(body.GetProperty("model").GetString()))
        {
            return (404, "application/json", $$"""{"error":{"message":"The model `{{body.GetProperty("model").GetString()}}` does not exist."} }""");
        }

        return line switch
        {
            "POST /v1/chat/completions" => (200, "text/event-stream", string.Concat(Chunks(Warm is not null && body.GetProperty("temperature").GetDouble() > 0 ? Warm : Answer).Select(c => $"data: {c}\n\n"))),
            "POST /v1/embeddings" => Json(new() { ["data"] = new JsonArray([.. body.GetProperty("input").EnumerateArray().Select((t, i) => new JsonObject { ["index"] = i, ["embedding"] = Vector(t.GetString()!) })]) }),
            "POST /v1/rerank" => Json(new() { ["results"] = new JsonArray([.. body.GetProperty("documents").EnumerateArray().Select((t, i) => new JsonObject { ["index"] = i, ["relevance_score"] = Words(t.GetString()!).Intersect(Words(body.GetProperty("query").GetString()!)).Count() })]) }),
            _ => (404, "text/plain", "no such path"),
        };
    }

    private static (int Status, string Type, string Body) Json(JsonObject body) => (200, "application/json", body.ToJsonString());

    private static IEnumerable<string> Chunks(string answer) =>
    [
        .. answer.Chunk(5).Select(piece => Chunk(new() { ["content"] = new string(piece) }, null)),
        Chunk([], "stop"),
        """{"id":"1","choices":[],"usage":{"prompt_tokens":101,"completion_tokens":12,"total_tokens":113}}""",
        "[DONE]",
    ];

    private static string Chunk(JsonObject delta, string? finish) =>
        new JsonObject { ["id"] = "1", ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }) }.ToJsonString();

    private static string[] Words(string text) => text.ToLowerInvariant().Split([' ', '.', ',', '?', ':', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static JsonArray Vector(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in Words(text))
        {
            vector[word.Aggregate(7, (hash, c) => unchecked((hash * 31) + c) & 0x7fffffff) % Dimensions]++;
        }

        return [.. vector.Select(n => JsonValue.Create(n))];
    }
}
