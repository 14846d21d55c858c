namespace Rag.Cli.Tests.Commands;

/// <summary>Commands with embedding models and re-rankers. Random ones judge at random, but always alike.</summary>
public sealed class VectorCommandsTests(StoreFixture store, CliModels models) : IClassFixture<StoreFixture>, IClassFixture<CliModels>
{
    private static readonly string[] OnCpu = ["--gpu-layers", "0", "--threads", "1"];

    [Fact]
    public async Task Embed_gives_a_vector_of_unit_length_for_each_text()
    {
        CliModels.RequireLibrary();

        var run = await Run.RagAsync(["embed", "--model", models.Embedding, "one text", "another", "one text", "--json", .. OnCpu]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var vectors = run.Json.EnumerateArray().Select(v => v.EnumerateArray().Select(n => n.GetSingle()).ToArray()).ToList();
        Assert.Equal([64, 64, 64], vectors.Select(v => v.Length));
        Assert.All(vectors, v => Assert.Equal(1, Math.Sqrt(v.Sum(n => (double)n * n)), 3));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
    }

    [Fact]
    public async Task Embed_shows_people_a_line_for_each_text()
    {
        CliModels.RequireLibrary();

        var run = await Run.RagAsync(["embed", "--model", models.Embedding, "one text", "another", "--query", .. OnCpu]);

        Assert.Equal([64, 64], run.Out.TrimEnd('\n').Split('\n').Select(l => l.Split(' ').Length));
    }

    [Fact]
    public async Task Embed_takes_a_generation_model_when_told_its_pooling()
    {
        CliModels.RequireLibrary();

        var run = await Run.RagAsync(["embed", "--model", models.Chat, "x", "--pooling", "mean", "--json", .. OnCpu]);

        (await Run.RagAsync(["embed", "--model", models.Chat, "x", .. OnCpu])).AssertComplains(1, "does not say");
        Assert.Equal((0, 64), (run.Code, run.Json[0].GetArrayLength()));
    }

    [Fact]
    public async Task Rerank_gives_every_text_a_score_best_first()
    {
        CliModels.RequireLibrary();

        var programs = await Run.RagAsync(["rerank", "--model", models.Reranker, "a query", "first", "second text", "third", "--json", .. OnCpu]);
        var people = await Run.RagAsync(["rerank", "--model", models.Reranker, "a query", "first", "second text", "third", .. OnCpu]);

        Assert.Equal((0, ""), (programs.Code, programs.Error));
        var scores = programs.Json.AssertArrayOf("index", "score");
        Assert.Equal([0, 1, 2], scores.Select(s => s.Number("index")).Order());
        Assert.Equal(scores.Select(s => s.GetProperty("score").GetDouble()).OrderDescending(), scores.Select(s => s.GetProperty("score").GetDouble()));
        Assert.EndsWith(((string[])["first", "second text", "third"])[scores[0].Number("index")], people.Out.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_and_ask_take_a_reranker()
    {
        CliModels.RequireLibrary();

        var search = await store.RagAsync("search", "the archive moved", "--rerank", models.Reranker, "--why", "--json");
        var ask = await store.RagAsync("ask", "Who founded the archive?", "--rerank", models.Reranker, "--json");

        Assert.Equal((0, "", 0, ""), (search.Code, search.Error, ask.Code, ask.Error));
        Assert.All(search.Json.EnumerateArray(), hit => Assert.InRange(hit.GetProperty("score").GetDouble(), 0, 1));
        Assert.Equal("default, re-ranked by reranker", search.Json[0].GetProperty("why").Text("retriever"));
        var timings = ask.Json.GetProperty("timings");
        Assert.True(timings.GetProperty("rerankMs").GetDouble() > 0);
        Assert.True(timings.GetProperty("retrieveMs").GetDouble() >= 0);
    }

    [Fact]
    public async Task Ingest_stores_vectors_and_reads_files_again_for_another_model()
    {
        CliModels.RequireLibrary();
        using var workspace = new Workspace();
        Task<Run> IngestAsync(params string[] more) => Run.RagAsync(["ingest", workspace.Docs, "--store", workspace.Store, "--json", .. more]);

        var first = await IngestAsync("--embed", models.Embedding);
        var again = await IngestAsync("--embed", models.Embedding);
        var without = await IngestAsync();

        Assert.Equal((3, 3, 3), (first.Json.Number("added"), again.Json.Number("unchanged"), without.Json.Number("updated")));
    }

    [Fact]
    public async Task Ingest_refuses_another_model_and_re_embeds_the_store_when_asked()
    {
        CliModels.RequireLibrary();
        using var workspace = new Workspace();
        var other = Path.Combine(workspace.Root, "other.gguf");
        File.Copy(models.Embedding, other);
        Task<Run> IngestAsync(params string[] args) => Run.RagAsync(["ingest", .. args, "--store", workspace.Store]);
        var first = await IngestAsync(workspace.Docs, "--embed", models.Embedding, "--json");

        (await IngestAsync(workspace.Docs, "--embed", other)).AssertComplains(1, "rag ingest --embed MODEL --reembed");
        var moved = await IngestAsync("--embed", other, "--reembed", "--json");
        var again = await IngestAsync(workspace.Docs, "--embed", other, "--reembed", "--json");
        var people = await IngestAsync(workspace.Docs, "--embed", other, "--reembed");

        Assert.Equal((0, "", first.Json.Number("chunks")), (moved.Code, moved.Error, moved.Json.Number("reembedded")));
        Assert.Equal((3, 0), (again.Json.Number("unchanged"), again.Json.Number("reembedded")));
        Assert.StartsWith("0 chunks re-embedded; 0 added, 0 updated, 3 unchanged", people.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Run.RagAsync(["search", "archive", "--retriever", "dense", "--embed", other, "--store", workspace.Store])).Code);
        (await Run.RagAsync(["search", "archive", "--retriever", "dense", "--embed", models.Embedding, "--store", workspace.Store])).AssertComplains(1, "re-embed the store");
    }

    [Theory]
    [InlineData("embed", "x")]
    [InlineData("rerank", "q", "x")]
    public async Task A_model_is_needed(params string[] args)
    {
        (await Run.RagAsync(args)).AssertComplains(2, "needs --model");
        (await Run.RagAsync([.. args, "--model", "none.gguf"])).AssertComplains(1, "'none.gguf'");
    }

    [Fact]
    public async Task A_model_for_something_else_is_refused_in_one_sentence()
    {
        CliModels.RequireLibrary();

        (await Run.RagAsync(["embed", "x", "--model", models.Reranker, .. OnCpu])).AssertComplains(1, "reranker");
        (await Run.RagAsync(["rerank", "q", "x", "--model", models.Embedding, .. OnCpu])).AssertComplains(1, "makes vectors, no scores");
        (await store.RagAsync("search", "q", "--rerank", models.Embedding)).AssertComplains(1, "makes vectors, no scores");
        (await store.RagAsync("search", "q", "--rerank", "none.gguf")).AssertComplains(1, "'none.gguf'");
    }
}
