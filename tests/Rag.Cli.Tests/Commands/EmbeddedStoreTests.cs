namespace Rag.Cli.Tests.Commands;

/// <summary>Search, ask and chat over a store with vectors. A random model judges at random, but always alike.</summary>
public sealed class EmbeddedStoreTests(CliModels models) : IClassFixture<CliModels>, IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("dense")]
    [InlineData("hybrid")]
    public async Task A_passage_is_nearest_to_itself(string retriever)
    {
        await IngestAsync(models.Embedding);
        var words = (await Run.RagAsync("search", "who founded the archive", "--store", _workspace.Store, "--json")).Json[0];
        var passage = words.Text("context") is { Length: > 0 } context ? $"{context}\n{words.Text("text")}" : words.Text("text");

        var run = await RagAsync("search", passage, "--retriever", retriever, "--why", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var hits = run.Json.EnumerateArray().ToList();
        var scores = hits.ConvertAll(h => h.GetProperty("score").GetDouble());
        Assert.Equal(words.Text("chunkId"), hits[0].Text("chunkId"));
        Assert.Equal(1, scores[0], 3);
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(retriever, hits[0].GetProperty("why").Text("retriever"));
        Assert.All(hits, h => Assert.Equal(h.GetProperty("score").GetDouble(), h.GetProperty("why").GetProperty("terms").EnumerateArray().Sum(t => t.GetProperty("score").GetDouble()), 4));
    }

    [Fact]
    public async Task Filters_hold_for_vectors_and_the_environment_may_name_the_model()
    {
        await IngestAsync(models.Embedding);

        var run = await Run.RagAsync(
            ["search", "anything", "--retriever", "dense", "--filter", "document = docs/notes.txt", "--store", _workspace.Store, "--json"], name => name == "RAG_EMBED" ? models.Embedding : null);

        Assert.Equal((0, "docs/notes.txt"), (run.Code, Assert.Single(run.Json.EnumerateArray().Select(h => h.Text("documentId")).Distinct())));
    }

    [Fact]
    public async Task Ask_and_chat_answer_from_what_vectors_find()
    {
        await IngestAsync(models.Embedding);

        var ask = await RagAsync("ask", "Who founded the archive?", "--retriever", "hybrid", "--json");
        var chat = await Run.RagAsync(["chat", "--retriever", "dense", "--embed", models.Embedding, "--store", _workspace.Store], _ => null, "Who founded the archive?\n/exit\n");

        Assert.Equal((0, ""), (ask.Code, ask.Error));
        Assert.Contains("Ada Crane", ask.Json.Text("text"), StringComparison.Ordinal);
        Assert.Equal((0, ""), (chat.Code, chat.Error));
    }

    [Fact]
    public async Task Chat_embeds_the_documents_that_it_is_given()
    {
        CliModels.RequireLibrary();

        var chat = await Run.RagAsync(["chat", "--docs", _workspace.Docs, "--retriever", "hybrid", "--embed", models.Embedding, "--store", _workspace.Store], _ => null, "Who founded the archive?\n/exit\n");

        Assert.Equal(0, chat.Code);
        Assert.Contains("Ada Crane", chat.Out, StringComparison.Ordinal);
        Assert.NotEqual("[]\n", (await RagAsync("search", "archive", "--retriever", "dense", "--json")).Out);
    }

    [Fact]
    public async Task Another_model_is_refused_in_one_sentence()
    {
        await IngestAsync(models.Embedding);
        var other = models.In("other.gguf");
        File.Copy(models.Embedding, other, overwrite: true);

        var search = await Run.RagAsync("search", "archive", "--retriever", "dense", "--embed", other, "--store", _workspace.Store);
        var ingest = await Run.RagAsync("ingest", _workspace.Docs, "--embed", other, "--store", _workspace.Store);

        search.AssertComplains(1, "they cannot be compared");
        ingest.AssertComplains(1, "embed with the same model");
    }

    [Fact]
    public async Task A_store_without_vectors_says_how_to_get_them()
    {
        CliModels.RequireLibrary();
        Assert.Equal(0, (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store)).Code);

        (await RagAsync("search", "archive", "--retriever", "dense")).AssertComplains(1, "rag ingest --embed");
        (await RagAsync("ask", "archive", "--retriever", "hybrid")).AssertComplains(1, "rag ingest --embed");
    }

    [Fact]
    public async Task A_model_that_no_retriever_needs_is_left_alone()
    {
        Assert.Equal(0, (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store)).Code);

        Assert.Equal(0, (await Run.RagAsync("search", "archive", "--embed", "none.gguf", "--store", _workspace.Store)).Code);
    }

    private async Task IngestAsync(string model)
    {
        CliModels.RequireLibrary();
        Assert.Equal(0, (await Run.RagAsync("ingest", _workspace.Docs, "--embed", model, "--store", _workspace.Store)).Code);
    }

    private Task<Run> RagAsync(params string[] args) => Run.RagAsync([.. args, "--embed", models.Embedding, "--store", _workspace.Store]);
}
