namespace Rag.Cli.Tests.Commands;

/// <summary>What <c>ask</c> may spend, and what it shows and adapts a model with.</summary>
public sealed class AskingOptionsTests(StoreFixture store, CliModels models) : IClassFixture<StoreFixture>, IClassFixture<CliModels>
{
    private const string Question = "Who founded the archive?";
    private const string Example = """{"question":"Who founded the mill?","passages":[{"title":"mill.md","text":"The mill was founded by Bo Reed."}],"answer":"The mill was founded by Bo Reed. [1]"}""";

    [Fact]
    public async Task Spent_budget_of_tokens_or_money_is_an_abstention_that_says_so()
    {
        using var server = new ModelServer();

        var tokens = await AskAsync("--endpoint", server.Address, "--endpoint-model", "small", "--max-tokens", "50", "--json");
        var money = await AskAsync("--endpoint", server.Address, "--endpoint-model", "small", "--max-cost", "0.001", "--price-in", "1000", "--price-out", "5", "--json");

        Assert.StartsWith("The budget of 50 tokens is not enough: 0 are used,", tokens.Json.Text("reason"), StringComparison.Ordinal);
        Assert.StartsWith("The budget of 0.001 is not enough: 0 is used,", money.Json.Text("reason"), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Limits_reach_the_endpoint()
    {
        using var server = new ModelServer();

        var run = await AskAsync("--endpoint", server.Address, "--endpoint-model", "small", "--max-tokens", "2000", "--timeout", "60", "--json");

        Assert.Contains("founded by Ada Crane", run.Json.Text("text"), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(server.Requests).Body.GetProperty("max_tokens").GetInt32(), 500, 1900);
    }

    [Fact]
    public async Task Examples_are_shown_to_the_model()
    {
        using var server = new ModelServer();

        var run = await AskAsync("--endpoint", server.Address, "--endpoint-model", "small", "--examples", models.Write("examples.jsonl", Example));

        Assert.Equal((0, ""), (run.Code, run.Error));
        var turns = server.Requests[^1].Body.GetProperty("messages");
        Assert.Equal(["system", "user", "assistant", "user"], turns.EnumerateArray().Select(m => m.Text("role")));
        Assert.Equal("The mill was founded by Bo Reed. [1]", turns[2].Text("content"));
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_a_sentence()
    {
        using var server = new ModelServer();
        var endpoint = new[] { "--endpoint", server.Address, "--endpoint-model", "small" };

        (await AskAsync([.. endpoint, "--max-cost", "1"])).AssertComplains(2, "--max-cost needs prices");
        (await AskAsync("--max-tokens", "0")).AssertComplains(2, "--max-tokens is '0'");
        (await AskAsync([.. endpoint, "--lora", "a.gguf"])).AssertComplains(2, "--lora needs --model GGUF");
        (await AskAsync("--examples", "none.jsonl")).AssertComplains(2, "--examples needs --model or --endpoint");
        (await AskAsync([.. endpoint, "--examples", models.Write("bad.jsonl", Example + "\n{}")])).AssertComplains(1, "Line 2 of");
        (await AskAsync([.. endpoint, "--examples", models.In("none.jsonl")])).AssertComplains(1, "none.jsonl");
    }

    [Theory]
    [InlineData(401, "wants a key (401")]
    [InlineData(400, "400")]
    public async Task Refusal_of_the_endpoint_is_one_sentence(int status, string expected)
    {
        using var server = new ModelServer { Instead = (status, """{"error":{"message":"no"}}""") };

        (await AskAsync("--endpoint", server.Address, "--endpoint-model", "small", "--timeout", "30", "--json")).AssertComplains(1, expected);
    }

    [Fact]
    public async Task Adapter_is_loaded_with_the_model()
    {
        CliModels.RequireLibrary();
        string[] local = ["--model", models.Chat, "--gpu-layers", "0", "--threads", "1", "--json"];

        var adapted = await AskAsync([.. local, "--lora", $"{models.Adapter}:0.5"]);

        Assert.Equal((0, ""), (adapted.Code, adapted.Error));
        (await AskAsync([.. local, "--lora", models.In("none.gguf")])).AssertComplains(1, "none.gguf");
    }

    private Task<Run> AskAsync(params string[] options) => store.RagAsync(["ask", Question, .. options]);
}
