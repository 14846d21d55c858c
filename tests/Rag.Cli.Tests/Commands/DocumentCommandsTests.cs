namespace Rag.Cli.Tests.Commands;

public sealed class DocumentCommandsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Documents_lists_each_document_once()
    {
        await RagAsync("ingest", _workspace.Docs);

        var programs = await RagAsync("documents", "--json");
        var people = await RagAsync("documents");

        var documents = programs.Json.AssertArrayOf("id", "path", "title", "mediaType", "chunks", "ingestedAt", "tags", "findings");
        Assert.Equal(["docs/handbook.md", "docs/notes.txt", "docs/page.html"], documents.Select(d => d.Text("id")));
        Assert.All(documents, d => Assert.Contains(d.Text("id"), people.Out, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', people.Out);
    }

    [Fact]
    public async Task Delete_counts_what_it_deleted_and_names_what_is_not_there()
    {
        await RagAsync("ingest", _workspace.Docs);

        var some = await RagAsync("delete", "docs/notes.txt", "docs/nobody.txt", "--json");
        var none = await RagAsync("delete", "docs/notes.txt", "--json");
        var all = await RagAsync("delete", "docs/handbook.md", "docs/page.html", "--json");

        Assert.Equal((3, 1), (some.Code, some.Json.AssertFields("deleted").Number("deleted")));
        Assert.Contains("'docs/nobody.txt'", some.Error, StringComparison.Ordinal);
        Assert.Equal((1, 0), (none.Code, none.Json.Number("deleted")));
        Assert.Equal((0, 2), (all.Code, all.Json.Number("deleted")));
        Assert.Equal("[]\n", (await RagAsync("documents", "--json")).Out);
    }

    [Theory]
    [InlineData("documents")]
    [InlineData("delete x")]
    [InlineData("search x")]
    [InlineData("ask x")]
    [InlineData("chat")]
    public async Task A_store_that_does_not_exist_is_not_made(string line)
    {
        (await RagAsync(line.Split(' '))).AssertComplains(1, "There is no store at");

        Assert.False(File.Exists(_workspace.Store));
    }

    [Theory]
    [InlineData("documents")]
    [InlineData("ingest DOCS")]
    [InlineData("search x")]
    [InlineData("ask x")]
    public async Task A_file_that_is_no_store_is_left_as_it_is(string line)
    {
        File.WriteAllText(_workspace.Store, "this is a letter, not a database, and long enough to be taken for one by its size alone");
        var before = File.ReadAllBytes(_workspace.Store);

        (await RagAsync(line.Replace("DOCS", _workspace.Docs, StringComparison.Ordinal).Split(' '))).AssertComplains(1, _workspace.Store);

        Assert.Equal(before, File.ReadAllBytes(_workspace.Store));
    }

    [Fact]
    public async Task A_folder_is_no_store()
    {
        (await Run.RagAsync("documents", "--store", _workspace.Docs)).AssertComplains(1, "is a folder");
        (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Docs)).AssertComplains(1, _workspace.Docs);
    }

    private Task<Run> RagAsync(params string[] args) => Run.RagAsync([.. args, "--store", _workspace.Store]);
}
