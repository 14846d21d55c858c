using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace Rag.Agents.Tests.Tools;

/// <summary>A server within this process that answers as a test says, well or badly.</summary>
internal sealed class FakeMcpServer
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _fromServer = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="tools">Entries of the list of tools, in JSON, page by page; the last page again and again where <paramref name="endless"/>.</param>
    /// <param name="call">Writes what follows a call of a tool, given the id of the request.</param>
    /// <param name="endless">Whether there is always another page.</param>
    /// <param name="silent">Whether it answers nothing at all.</param>
    public FakeMcpServer(IReadOnlyList<string[]> tools, Func<string, FakeMcpServer, Task>? call = null, bool endless = false, bool silent = false) => _ = RunAsync(tools, call, endless, silent);

    public Stream Input => _toServer.Writer.AsStream();

    public Stream Output => _fromServer.Reader.AsStream();

    /// <summary>Completes when it has been asked what is not answered.</summary>
    public Task Asked => _asked.Task;

    /// <summary>A tool as it stands in a list.</summary>
    public static string Tool(string name, string schema = """{"type":"object"}""") => $"{{\"name\":\"{name}\",\"description\":\"Does {name}.\",\"inputSchema\":{schema}}}";

    public async Task WriteAsync(string line) => await _fromServer.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public Task AnswerAsync(string id, string result) => WriteAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}");

    public void NotAnswered() => _asked.TrySetResult();

    /// <summary>Ends it, as when its process is ended.</summary>
    public ValueTask EndAsync()
    {
        _toServer.Writer.Complete();
        _fromServer.Writer.Complete();
        return default;
    }

    // A mistake in the fake ends it, so that the client is not left waiting.
    private async Task RunAsync(IReadOnlyList<string[]> tools, Func<string, FakeMcpServer, Task>? call, bool endless, bool silent)
    {
        try
        {
            await ServeAsync(tools, call, endless, silent);
        }
        finally
        {
            await _fromServer.Writer.CompleteAsync();
        }
    }

    private async Task ServeAsync(IReadOnlyList<string[]> tools, Func<string, FakeMcpServer, Task>? call, bool endless, bool silent)
    {
        using var reader = new StreamReader(_toServer.Reader.AsStream());
        while (await reader.ReadLineAsync() is { } line)
        {
            var request = JsonNode.Parse(line)!;
            var (id, method) = (request["id"]?.ToJsonString(), request["method"]?.GetValue<string>());
            if (silent)
            {
                NotAnswered();
            }
            else if (id is not null && method is not null) // neither a notification nor an answer
            {
                await (method switch
                {
                    "initialize" => AnswerAsync(id, """{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"fake","version":"1"}}"""),
                    "tools/list" => ListAsync(id, request["params"]?["cursor"]?.GetValue<string>()),
                    "tools/call" => call!(id, this),
                    _ => WriteAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":-32601,\"message\":\"There is no such method.\"}}}}"),
                });
            }
        }

        Task ListAsync(string id, string? cursor)
        {
            var page = Math.Min(cursor is null ? 0 : int.Parse(cursor), tools.Count - 1);
            var next = endless || page + 1 < tools.Count ? $",\"nextCursor\":\"{page + 1}\"" : "";
            return AnswerAsync(id, $"{{\"tools\":[{string.Join(',', tools[page])}]{next}}}");
        }
    }
}
