namespace Rag.Cli.Tests.Commands;

public sealed class IngestCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Json_counts_what_happened_with_the_fields_of_the_contract()
    {
        var first = await IngestAsync();
        var second = await IngestAsync();

        Assert.Equal((0, 0), (first.Code, second.Code));
        var json = first.Json.AssertFields("added", "updated", "unchanged", "deleted", "failed", "chunks", "elapsedMs", "warnings", "reembedded");
        Assert.Equal((3, 0, 0), (json.Number("added"), json.Number("unchanged"), json.GetProperty("failed").GetArrayLength()));
        Assert.Equal((0, 3), (second.Json.Number("added"), second.Json.Number("unchanged")));
    }

    [Fact]
    public async Task A_file_that_fails_is_listed_and_the_rest_is_kept()
    {
        var bad = _workspace.WriteBroken();

        var run = await IngestAsync();

        Assert.Equal(3, run.Code);
        Assert.Equal(bad, Assert.Single(run.Json.GetProperty("failed").AssertArrayOf("path", "error")).Text("path"));
        Assert.Equal(3, run.Json.Number("added"));
        Assert.Contains("broken.docx", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_path_changes_nothing()
    {
        await IngestAsync();

        (await Run.RagAsync("ingest", _workspace.Docs + "-gone", "--store", _workspace.Store, "--delete-missing")).AssertComplains(1, "There is no file or folder");
        Assert.Equal(3, (await DocumentsAsync()).Count);
    }

    [Fact]
    public async Task Reembedding_needs_a_model_and_without_a_path_a_store()
    {
        (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store, "--reembed")).AssertComplains(2, "--reembed needs --embed");
        (await Run.RagAsync("ingest", "--store", _workspace.Store)).AssertComplains(2, "needs a PATH");
        Assert.False(File.Exists(_workspace.Store));
    }

    [Fact]
    public async Task Tags_tenant_and_deletion_of_what_is_missing_reach_the_store()
    {
        await IngestAsync("--tag", "product=ledger", "--tag", "year=2024");
        await IngestAsync("--tenant", "other");
        File.Delete(Path.Combine(_workspace.Docs, "notes.txt"));

        var run = await IngestAsync("--delete-missing", "--tag", "product=ledger", "--tag", "year=2024");

        Assert.Equal(1, run.Json.Number("deleted"));
        var documents = await DocumentsAsync();
        Assert.Equal(["docs/handbook.md", "docs/page.html"], documents.Select(d => d.Text("id")));
        Assert.All(documents, d => Assert.Equal("ledger", d.GetProperty("tags").Text("product")));
        Assert.Equal(3, (await DocumentsAsync("--tenant", "other")).Count);
    }

    [Fact]
    public async Task What_is_found_out_is_listed_and_filtered_by()
    {
        File.WriteAllText(Path.Combine(_workspace.Docs, "2024-03-31.txt"), "Reconciliation: write to jane@example.org");

        await IngestAsync("--enrich", "date, pii");

        var found = (await DocumentsAsync()).SelectMany(d => d.GetProperty("findings").EnumerateArray()).Select(f => f.AssertFields("name", "value", "source", "from", "model", "confidence", "count", "spans")).ToList();
        Assert.Contains(found, f => (f.Text("name"), f.Text("value"), f.Text("from")) == ("date", "2024-03-31", "file name"));
        Assert.Contains(found, f => f.Text("value") == "email" && f.GetProperty("spans")[0][0].GetInt32() == 25);
        Assert.DoesNotContain("jane", found.Select(f => f.GetRawText()).Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Equal("docs/2024-03-31.txt", (await Run.RagAsync("search", "jane", "--store", _workspace.Store, "--filter", "pii and date > 2024", "--json")).Json[0].Text("documentId"));
        (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store, "--enrich", "dates")).AssertComplains(2, "--enrich has no 'dates'");
    }

    [Fact]
    public async Task A_language_model_sums_up_and_what_it_invents_is_dropped()
    {
        using var server = new ModelServer { Answer = "summary: The archive was founded by Ada Crane in 1987.\nsummary: It has a cat named Tom.\nkeywords: archive, cat" };
        File.WriteAllText(Path.Combine(_workspace.Docs, "archive.txt"), "The archive was founded by Ada Crane in 1987. It is open.");

        var run = await IngestAsync("--enrich", "model,context", "--endpoint", server.Address);

        Assert.Equal(0, run.Code);
        var found = (await DocumentsAsync()).Single(d => d.Text("id") == "docs/archive.txt").GetProperty("findings").EnumerateArray().Select(f => (f.Text("name"), f.Text("value"), f.Text("model")));
        Assert.Equal([("summary", "The archive was founded by Ada Crane in 1987.", "small"), ("unsupported", "summary", "small"), ("keyword", "archive", "small"), ("unsupported", "keyword", "small")], found);
        Assert.StartsWith("summary: The archive", (await Run.RagAsync("search", "Crane", "--store", _workspace.Store, "--json")).Json[0].Text("context"), StringComparison.Ordinal);
        (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store, "--enrich", "model")).AssertComplains(2, "--enrich model needs a language model");
    }

    private Task<Run> IngestAsync(params string[] more) => Run.RagAsync(["ingest", _workspace.Docs, "--store", _workspace.Store, "--json", .. more]);

    private async Task<List<System.Text.Json.JsonElement>> DocumentsAsync(params string[] more) =>
        (await Run.RagAsync(["documents", "--store", _workspace.Store, "--json", .. more])).Json.AssertArrayOf("id", "path", "title", "mediaType", "chunks", "ingestedAt", "tags", "findings");
}
