using System.Text;
using Rag.Testing;

namespace Rag.Cli.Tests.Commands;

public sealed class IngestSourcesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Web_pages_are_ingested_from_an_address_and_cited_by_it()
    {
        using var server = new LoopbackHttp(request => request.Path == "/docs/"
            ? new(200, "<!doctype html><html><body><main><p>Herons fish at dawn.</p><a href='a'>on</a></main></body></html>") { Headers = new Dictionary<string, string> { ["ETag"] = "\"1\"" } }
            : request.Path == "/docs/a" ? new(200, "<!doctype html><html><body><main><p>Otters swim at night.</p></main></body></html>") : new(404, ""));
        var (start, host) = ($"{server.Address}/docs/", server.Address["http://".Length..]);

        var refused = await IngestAsync(start);
        var taken = await IngestAsync(start, "--allow-private", host, "--depth", "1", "--json");

        Assert.Equal(1, refused.Code);
        Assert.Contains("--allow-private", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, 2), (taken.Code, taken.Json.Number("added")));
        var hit = (await Run.RagAsync("search", "otters swim", "--store", _workspace.Store, "--json")).Json.EnumerateArray().First();
        Assert.Equal((server.Address + "/docs/a", server.Address + "/docs/a"), (hit.Text("documentId"), hit.Text("path")));
    }

    [Fact]
    public async Task Standard_input_is_a_document_under_a_name()
    {
        var run = await IngestWithInputAsync("# Herons\n\nHerons fish.", "-", "--name", "notes.md", "--json");
        var empty = await IngestWithInputAsync("", "-", "--name", "empty.md");

        Assert.Equal((0, 1), (run.Code, run.Json.Number("added")));
        Assert.Equal(1, empty.Code);
        Assert.Contains("It is empty.", empty.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs a name", "-")]
    [InlineData("needs a name", ".", "--name", "x.md")]
    [InlineData("cannot be the name of a document", "-", "--name", "../x")]
    [InlineData("is no http or https address", "https://user@site.test/")]
    [InlineData("is no host", "https://site.test/", "--allow-host", "a/b")]
    [InlineData("--watch is for files and folders", "https://site.test/", "--watch")]
    public async Task What_does_not_go_together_is_wrong_usage(string about, params string[] args)
    {
        (await IngestAsync(args)).AssertComplains(2, about);
        Assert.False(File.Exists(_workspace.Store));
    }

    [Fact]
    public async Task Watching_syncs_what_changes_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var lines = new Lines(stop, () => File.WriteAllText(Path.Combine(_workspace.Docs, "new.txt"), "Herons fish."));
        using var error = new StringWriter();

        var code = await RagCommand.InvokeAsync(["ingest", _workspace.Docs, "--store", _workspace.Store, "--watch", "--json"], new Session(lines, error), stop.Token);

        Assert.Equal((130, "Cancelled."), (code, error.ToString().Trim()));
        Assert.Equal([3, 1], lines.Written.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.Number("added")));
    }

    [Fact]
    public async Task Git_is_heeded_where_it_is_asked_for()
    {
        var outside = await IngestAsync(_workspace.Docs, "--git");
        Assert.Equal(1, outside.Code);
        Assert.Contains("lies in no Git work tree", outside.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_workspace.Docs, ".git"));
        File.WriteAllText(Path.Combine(_workspace.Docs, ".git", "HEAD"), new string('a', 40));
        File.WriteAllText(Path.Combine(_workspace.Docs, ".gitignore"), "*.txt");

        Assert.Equal(2, (await IngestAsync(_workspace.Docs, "--git", "--json")).Json.Number("added"));
        var documents = (await Run.RagAsync("documents", "--store", _workspace.Store, "--json")).Json.EnumerateArray();
        Assert.All(documents, d => Assert.Equal(new string('a', 40), d.GetProperty("tags").Text("commit")));
    }

    private Task<Run> IngestAsync(params string[] args) => Run.RagAsync(["ingest", .. args, "--store", _workspace.Store]);

    private async Task<Run> IngestWithInputAsync(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RagCommand.InvokeAsync(["ingest", .. args, "--store", _workspace.Store], new Session(output, error) { Pipes = (new MemoryStream(Encoding.UTF8.GetBytes(input)), Stream.Null) });
        return new(code, output.ToString(), error.ToString());
    }

    // writes a file after the first line, and stops after the second
    private sealed class Lines(CancellationTokenSource stop, Action write) : StringWriter
    {
        public List<string> Written { get; } = [];

        public override void WriteLine(string? value)
        {
            Written.Add(value!);
            (Written.Count == 1 ? write : stop.Cancel)();
        }
    }
}
