namespace Rag.Cli.Tests.Commands;

public sealed class EndpointTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private const string Question = "Who founded the archive?";

    [Fact]
    public async Task Ask_answers_with_the_only_model_that_is_served_and_checks_each_sentence()
    {
        using var server = new ModelServer { Answer = "The archive was founded by Ada Crane in 1987. [1] It lies on the moon. [1]" };

        var run = await AskAsync("--endpoint", server.Address, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var sentences = run.Json.GetProperty("sentences");
        Assert.Equal([true, false], sentences.EnumerateArray().Select(s => s.GetProperty("supported").GetBoolean()));
        Assert.Contains("Ada Crane", run.Json.GetProperty("citations")[0].Text("quote"), StringComparison.Ordinal);
        Assert.Equal((101, 12), (run.Json.GetProperty("usage").Number("promptTokens"), run.Json.GetProperty("usage").Number("completionTokens")));
        Assert.Equal(["GET /v1/models", "POST /v1/chat/completions"], server.Requests.Select(r => r.Line));
        Assert.Equal("small", server.Requests[1].Body.GetProperty("model").GetString());
        Assert.DoesNotContain("Authorization", server.Requests[1].Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Model_judges_its_own_sentences_where_that_is_asked_for()
    {
        using var server = new ModelServer { Answer = "The archive was founded by Ada Crane in 1987. [1]" };

        var run = await AskAsync("--endpoint", server.Address, "--judge", "model", "--json");

        // what it replies is no verdict, so nothing is supported
        Assert.True(run.Json.GetProperty("abstained").GetBoolean());
        Assert.Equal(["answer", "verdict"], server.Requests.Where(r => r.Line.StartsWith("POST", StringComparison.Ordinal)).Select(r => r.Body.TryGetProperty("response_format", out var format) ? format.GetProperty("json_schema").Text("name") : "answer"));
        (await AskAsync("--best-of", "3")).AssertComplains(2, "--best-of needs --model or --endpoint");
        (await AskAsync("--judge", "model")).AssertComplains(2, "--judge model needs --model or --endpoint");
        (await AskAsync("--judge", "reranker")).AssertComplains(2, "--judge reranker needs --rerank");
    }

    [Fact]
    public async Task Several_drafts_are_written_where_the_best_is_asked_for()
    {
        using var server = new ModelServer { Answer = "The archive was founded by Ada Crane in 1987. [1]" };

        var run = await AskAsync("--endpoint", server.Address, "--best-of", "3", "--json");

        Assert.False(run.Json.GetProperty("abstained").GetBoolean());
        Assert.Equal(3, server.Requests.Count(r => r.Line.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Equal(303, run.Json.GetProperty("usage").Number("promptTokens"));
    }

    [Fact]
    public async Task Key_comes_from_the_environment_and_stands_in_no_output()
    {
        using var good = new ModelServer();
        using var bad = new ModelServer { Instead = (401, """{"error":{"message":"Incorrect API key provided: sk-hunter22"}}""") };

        var answered = await WithKeyAsync("ask", Question, "--endpoint", good.Address, "--store", store.Workspace.Store);
        var looked = await WithKeyAsync("doctor", "--endpoint", good.Address);
        var refused = await WithKeyAsync("ask", Question, "--endpoint", bad.Address, "--store", store.Workspace.Store);

        Assert.Equal((0, 0), (answered.Code, looked.Code));
        Assert.All(good.Requests, r => Assert.Contains("Authorization: Bearer sk-hunter22", r.Head, StringComparison.Ordinal));
        refused.AssertComplains(1, "refuses the key (401: Incorrect API key provided: ***). Give a valid one; 'rag' reads it from RAG_OPENAI_API_KEY.");
        Assert.All([answered, looked, refused], run => Assert.DoesNotContain("hunter", run.Out + run.Error, StringComparison.Ordinal));

        static Task<Run> WithKeyAsync(params string[] args) => Run.RagAsync(args, name => name == "RAG_OPENAI_API_KEY" ? "sk-hunter22" : null);
    }

    [Fact]
    public async Task One_of_several_models_must_be_named()
    {
        using var server = new ModelServer { Models = ["small", "large"] };

        (await AskAsync("--endpoint", server.Address)).AssertComplains(2, "serves 2 models: small, large. Name one: --endpoint-model NAME.");
        Assert.Equal(0, (await AskAsync("--endpoint", server.Address, "--endpoint-model", "large")).Code);
        Assert.Equal("large", server.Requests[^1].Body.GetProperty("model").GetString());
        (await AskAsync("--endpoint", server.Address, "--endpoint-model", "huge", "--json")).AssertComplains(1, "(404: The model `huge` does not exist)");
    }

    [Fact]
    public async Task What_goes_wrong_is_one_sentence_with_what_to_do()
    {
        using var malformed = new ModelServer { Instead = (200, "<html>Welcome</html>") };
        using var busy = new ModelServer { Instead = (400, """{"error":{"message":"the request exceeds the available context size"}}""") };

        (await AskAsync("--endpoint", "http://127.0.0.1:1/v1")).AssertComplains(1, "Nothing answers at http://127.0.0.1:1/v1 (Connection refused");
        (await AskAsync("--endpoint", "127.0.0.1:8080")).AssertComplains(2, "Give it with scheme and path, such as http://127.0.0.1:8080/v1.");
        (await AskAsync("--endpoint", malformed.Address, "--endpoint-model", "m", "--json")).AssertComplains(1, "answers something that is not JSON: <html>Welcome</html>.");
        (await AskAsync("--endpoint", busy.Address, "--endpoint-model", "m", "--json")).AssertComplains(1, "exceeds the available context size");
        (await AskAsync("--endpoint-model", "m")).AssertComplains(2, "--endpoint-model needs --endpoint URL");
        (await AskAsync("--endpoint", "http://127.0.0.1:1", "--model", "m.gguf")).AssertComplains(2, "Both --model and --endpoint are given.");
    }

    [Fact]
    public async Task Doctor_says_which_models_are_served()
    {
        using var server = new ModelServer { Models = ["small", "large"] };

        var run = await Run.RagAsync("doctor", "--endpoint", server.Address);

        Assert.Equal(0, run.Code);
        Assert.Contains($"ok    endpoint: {server.Address} answers without a key (RAG_OPENAI_API_KEY is not set) and serves 2 models: small, large", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_answers_too()
    {
        using var server = new ModelServer();

        var run = await Run.RagAsync(["chat", "--endpoint", server.Address, "--store", store.Workspace.Store], _ => null, $"{Question}\n");

        Assert.Equal(0, run.Code);
        Assert.Contains("founded by Ada Crane in 1987. [1]", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_and_scores_come_from_an_endpoint_where_the_model_is_given_as_its_address()
    {
        using var workspace = new Workspace();
        using var server = new ModelServer { Models = ["e5-small", "scorer"] };
        var embed = $"{server.Address}#e5-small";

        var ingested = await Run.RagAsync("ingest", workspace.Docs, "--store", workspace.Store, "--embed", embed, "--json");
        var found = await Run.RagAsync("search", "archive founded by", "--store", workspace.Store, "--retriever", "dense", "--embed", embed, "--rerank", $"{server.Address}#scorer", "--json", "--why");
        var unnamed = await Run.RagAsync("search", "archive", "--store", workspace.Store, "--retriever", "dense", "--embed", server.Address);

        Assert.Equal((0, 0), (ingested.Code, found.Code));
        Assert.Contains("Ada Crane", found.Json[0].Text("text"), StringComparison.Ordinal);
        Assert.Equal(3, found.Json[0].GetProperty("score").GetDouble());
        var texts = server.Requests.Where(r => r.Line == "POST /v1/embeddings").SelectMany(r => r.Body.GetProperty("input").EnumerateArray().Select(t => t.GetString()!)).ToList();
        Assert.Equal("query: archive founded by", Assert.Single(texts, t => !t.StartsWith("passage: ", StringComparison.Ordinal)));
        unnamed.AssertComplains(2, $"serves 2 models: e5-small, scorer. Name one: --embed {server.Address}#NAME.");
    }

    private Task<Run> AskAsync(params string[] options) => store.RagAsync(["ask", Question, .. options]);
}
