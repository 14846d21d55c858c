using Rag.Testing.Qdrant;

namespace Rag.Cli.Tests.Commands;

public sealed class CopyCommandTests : IDisposable
{
    private const string Collection = "qdrant:http://double:6333/docs";

    private readonly string _folder = Directory.CreateTempSubdirectory("rag-copy").FullName;
    private readonly QdrantDouble _server = new();

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Copied_documents_are_found_and_need_not_be_ingested_again()
    {
        var (kb, file) = (Path.Combine(_folder, "kb"), Path.Combine(_folder, "store.db"));
        Directory.CreateDirectory(kb);
        await File.WriteAllTextAsync(Path.Combine(kb, "a.md"), "# Ledger\n\nThe ledger is closed on Fridays.");
        await File.WriteAllTextAsync(Path.Combine(kb, "b.md"), "# Stock\n\nStock is counted on Mondays.");
        await RagAsync("ingest", kb, "--store", file);

        var copied = await RagAsync("copy", "--from", file, "--to", Collection, "--json");
        var again = await RagAsync("copy", "--from", file, "--to", Collection, "--json");
        var ingested = await RagAsync("ingest", kb, "--store", Collection, "--json");
        var found = await RagAsync("search", "When is the ledger closed?", "--store", Collection, "--json");
        var back = await RagAsync("copy", "--from", Collection, "--to", Path.Combine(_folder, "back.db"), "--json");

        Assert.Equal((2, 0), (copied.Json.GetProperty("copied").GetInt32(), copied.Json.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 2), (again.Json.GetProperty("copied").GetInt32(), again.Json.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 0, 2), (ingested.Json.GetProperty("added").GetInt32(), ingested.Json.GetProperty("updated").GetInt32(), ingested.Json.GetProperty("unchanged").GetInt32()));
        Assert.Contains("closed on Fridays", found.Json[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, back.Json.GetProperty("copied").GetInt32());
    }

    [Fact]
    public async Task What_was_found_out_is_copied_and_duplicates_of_documents_that_are_there_are_told()
    {
        const string Text = "The ledger is closed on every Friday of the month, and whoever needs a figure after that asks the person at the desk by the door.";
        var (first, second, file) = (Path.Combine(_folder, "a.md"), Path.Combine(_folder, "b.md"), Path.Combine(_folder, "store.db"));
        await File.WriteAllTextAsync(first, Text);
        await File.WriteAllTextAsync(second, Text + " desk@example.org");
        await RagAsync("ingest", first, "--store", Collection, "--enrich", "duplicates");
        await RagAsync("ingest", second, "--store", file, "--enrich", "duplicates,pii");

        await RagAsync("copy", "--from", file, "--to", Collection);

        var copied = (await RagAsync("documents", "--store", Collection, "--json")).Json[1];
        Assert.Equal(["pii=email", "duplicate-of=a.md"], copied.GetProperty("findings").EnumerateArray().Select(f => $"{f.Text("name")}={f.Text("value")}"));
        Assert.Equal("a.md", Assert.Single((await RagAsync("search", "ledger", "--store", Collection, "--filter", "not duplicate-of", "--json")).Json.EnumerateArray()).Text("documentId"));
    }

    [Fact]
    public async Task Every_command_works_on_a_collection()
    {
        var path = Path.Combine(_folder, "a.md");
        await File.WriteAllTextAsync(path, "# Ledger\n\nThe ledger is closed on Fridays.");

        Assert.Equal(1, (await RagAsync("documents", "--store", Collection)).Code);
        Assert.Equal(0, (await RagAsync("ingest", path, "--store", Collection)).Code);
        var documents = await RagAsync("documents", "--store", Collection, "--json");
        var answer = await RagAsync("ask", "When is the ledger closed?", "--store", Collection, "--json");
        var doctor = await RagAsync("doctor", "--store", Collection);
        Assert.Equal(0, (await RagAsync("delete", documents.Json[0].GetProperty("id").GetString()!, "--store", Collection)).Code);

        Assert.Contains("Fridays", answer.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("on Qdrant 1.19", doctor.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await RagAsync("documents", "--store", Collection, "--json")).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_refused_key_is_one_sentence()
    {
        using var locked = new QdrantDouble { ApiKey = "right" };

        (await Run.RagAsync(["documents", "--store", Collection], name => name == "RAG_QDRANT_API_KEY" ? "wrong" : null, transport: locked)).AssertComplains(1, "RAG_QDRANT_API_KEY");
        (await RagAsync("documents", "--store", Collection)).AssertComplains(1, "no collection 'docs'");
    }

    private Task<Run> RagAsync(params string[] args) => Run.RagAsync(args, _ => null, transport: _server);
}
