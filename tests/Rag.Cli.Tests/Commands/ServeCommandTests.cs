using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class ServeCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_answers_this_machine_and_ends_when_it_is_told_to()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var error = new Announcement("Listening on ");
        var serving = RagCommand.InvokeAsync(["serve", "--urls", "http://127.0.0.1:0", "--store", store.Workspace.Store], new Session(TextWriter.Null, error), stop.Token);
        var address = (await error.Line)["Listening on ".Length..].Split(',')[0];
        using var http = new HttpClient { BaseAddress = new(address) };

        var answer = await (await http.PostAsJsonAsync("/api/ask", new { question = "Who founded the archive?" }, Token)).Content.ReadFromJsonAsync<JsonElement>(Token);
        var documents = await http.GetFromJsonAsync<JsonElement>("/api/documents", Token);

        Assert.Contains("Ada Crane", answer.GetProperty("answer").Text("text"), StringComparison.Ordinal);
        Assert.NotEqual(0, documents.GetProperty("documents").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", Token)).StatusCode);
        await stop.CancelAsync();
        Assert.Contains(await serving, (int[])[ExitCode.Done, ExitCode.Cancelled]);
    }

    [Fact]
    public async Task Keys_are_made_listed_and_removed_and_the_file_holds_no_secret()
    {
        var file = Path.Combine(store.Workspace.Docs, "..", "keys.json");
        var made = await Run.RagAsync("keys", "add", "web", "--scope", "search", "--scope", "ask", "--tenant", "acme", "--keys", file);

        Assert.Equal(0, made.Code);
        Assert.StartsWith("rag_", made.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Out.Trim(), await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        Assert.Equal("web: search, ask, tenant acme\n", (await Run.RagAsync("keys", "list", "--keys", file)).Out.ReplaceLineEndings("\n"));
        (await Run.RagAsync("keys", "add", "web", "--scope", "ask", "--keys", file)).AssertComplains(1, "There is a key 'web' already.");
        (await Run.RagAsync("keys", "remove", "nobody", "--keys", file)).AssertComplains(1, "There is no key 'nobody'.");
        Assert.Equal(0, (await Run.RagAsync("keys", "remove", "web", "--keys", file)).Code);
        (await Run.RagAsync("serve", "--keys", file, "--store", store.Workspace.Store)).AssertComplains(1, "holds no key");
        await File.WriteAllTextAsync(file, "{}", Token);
        (await Run.RagAsync("serve", "--keys", file, "--store", store.Workspace.Store)).AssertComplains(1, "the file is no list of keys");
    }

    [Fact]
    public async Task Mcp_answers_over_its_streams()
    {
        var (input, output) = (new System.IO.Pipelines.Pipe(), new System.IO.Pipelines.Pipe());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = RagCommand.InvokeAsync(["mcp", "--store", store.Workspace.Store], new Session(TextWriter.Null, TextWriter.Null) { Pipes = (input.Reader.AsStream(), output.Writer.AsStream()) }, stop.Token);
        using var reader = new StreamReader(output.Reader.AsStream());
        await SendAsync(input.Writer.AsStream(), """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        var hello = JsonElement.Parse((await reader.ReadLineAsync(Token))!);
        await SendAsync(input.Writer.AsStream(), """{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await SendAsync(input.Writer.AsStream(), """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask","arguments":{"question":"Who founded the archive?"}}}""");
        var answer = JsonElement.Parse((await reader.ReadLineAsync(Token))!);

        Assert.Equal("rag", hello.GetProperty("result").GetProperty("serverInfo").Text("name"));
        Assert.Contains("Ada Crane", answer.GetProperty("result").GetProperty("content")[0].Text("text"), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Contains(await serving, (int[])[ExitCode.Done, ExitCode.Cancelled]);
    }

    private static async Task SendAsync(Stream stream, string line)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Token);
        await stream.FlushAsync(Token);
    }

    /// <summary>A writer that waits for a line with a beginning.</summary>
    private sealed class Announcement(string beginning) : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task.WaitAsync(Token);

        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
            {
                _line.TrySetResult(value);
            }
        }
    }
}
