using Rag.Testing.Qdrant;

namespace Rag.Cli.Tests.Commands;

/// <summary>What searching a collection of a Qdrant server asks of it.</summary>
public sealed class QdrantSearchTests(CliModels models) : IClassFixture<CliModels>, IDisposable
{
    private const string Collection = "qdrant:http://double:6333/docs";

    private readonly Workspace _workspace = new();
    private readonly QdrantDouble _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData("hybrid", true)]
    [InlineData("default", false)]
    [InlineData("bm25", false)]
    public async Task A_search_is_one_request(string retriever, bool embeds)
    {
        string[] model = embeds ? ["--embed", models.Embedding] : [];
        if (embeds)
        {
            CliModels.RequireLibrary();
        }

        Assert.Equal(0, (await RagAsync(["ingest", _workspace.Docs, .. model])).Code);
        _server.Exchanges.Clear();

        var run = await RagAsync(["search", "who founded the archive", "--retriever", retriever, "--json", .. model]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(run.Json.EnumerateArray(), h => h.Text("text").Contains("Ada Crane", StringComparison.Ordinal));
        string[] opening = ["GET /", "GET /collections/docs", "POST /collections/docs/points/scroll", "POST /collections/docs/points/scroll"];
        Assert.Equal([.. opening, "POST /collections/docs/points/query"], _server.Exchanges.Select(e => $"{e.Method} {e.Path}"));
    }

    [Theory]
    [InlineData("ql")]
    [InlineData("bm25-rm3")]
    public async Task A_way_of_weighing_that_the_store_does_not_have_is_refused(string retriever)
    {
        Assert.Equal(0, (await RagAsync(["ingest", _workspace.Docs])).Code);

        (await RagAsync(["search", "archive", "--retriever", retriever])).AssertComplains(2, "--retriever default, bm25, dense or hybrid");
    }

    [Fact]
    public async Task Another_model_takes_a_copy()
    {
        CliModels.RequireLibrary();
        var (file, other) = (Path.Combine(_workspace.Root, "copy.db"), models.In("other.gguf"));
        File.Copy(models.Embedding, other);
        Assert.Equal(0, (await RagAsync(["ingest", _workspace.Docs, "--embed", models.Embedding])).Code);

        (await RagAsync(["ingest", "--embed", other, "--reembed"])).AssertComplains(1, "rag copy --from STORE --to copy.db");
        Assert.Equal(0, (await Run.RagAsync(["copy", "--from", Collection, "--to", file], _ => null, transport: _server)).Code);
        Assert.Equal(0, (await Run.RagAsync(["ingest", "--store", file, "--embed", other, "--reembed"], _ => null)).Code);
        Assert.Equal(0, (await Run.RagAsync(["copy", "--from", file, "--to", Collection + "-2"], _ => null, transport: _server)).Code);

        var run = await Run.RagAsync(["search", "archive", "--retriever", "hybrid", "--embed", other, "--store", Collection + "-2", "--json"], _ => null, transport: _server);
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    private Task<Run> RagAsync(string[] args) => Run.RagAsync([.. args, "--store", Collection], _ => null, transport: _server);
}
