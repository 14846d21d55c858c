namespace Rag.Cli.Tests.Commands;

public sealed class AgentCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private const string Asked = "Who founded the archive?";

    [Fact]
    public async Task Agent_answers_with_its_steps_as_the_contract_says()
    {
        using var server = new ModelServer { Answer = "Thought 1: I know it.\nAction 1: Finish[Ada Crane]" };

        var run = await AgentAsync(server, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        run.Json.AssertFields("answer", "abstained", "reason", "confidence", "strategy", "steps", "citations", "calls", "usage", "stopped");
        Assert.Equal(["thought", "finish", "answer"], run.Json.GetProperty("steps").EnumerateArray().Select(s => s.Text("kind")));
        Assert.Equal(("Ada Crane", "react", "answered", 1), (run.Json.Text("answer"), run.Json.Text("strategy"), run.Json.Text("stopped"), run.Json.Number("calls")));
        Assert.Equal(101, run.Json.GetProperty("usage").Number("promptTokens"));
    }

    [Fact]
    public async Task Agent_searches_the_store_until_its_steps_are_spent_and_says_so()
    {
        using var server = new ModelServer { Answer = "Action: Search[archive]" };

        var run = await AgentAsync(server, "--max-steps", "2");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("action   Search[archive]", run.Out, StringComparison.Ordinal);
        Assert.Contains("found    ", run.Out, StringComparison.Ordinal);
        Assert.Contains("stopped  The 2 steps are spent.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_no_passage_supports_is_an_abstention_where_that_is_asked_for()
    {
        using var server = new ModelServer { Answer = "Action: Finish[Nobody]" };

        var run = await AgentAsync(server, "--cited", "--json");

        Assert.True(run.Json.GetProperty("abstained").GetBoolean());
        Assert.Equal("gaveup", run.Json.Text("stopped"));
    }

    [Fact]
    public async Task Recorded_run_is_replayed_without_a_model_and_without_the_store()
    {
        using var server = new ModelServer { Answer = "Action: Search[archive]" };
        var file = Path.Combine(store.Workspace.Docs, "..", "run.jsonl");

        var recorded = await AgentAsync(server, "--max-steps", "2", "--record", file, "--json");
        var replayed = await Run.RagAsync("agent", "--replay", file, "--store", "nowhere.db", "--json");

        Assert.Equal((0, ""), (replayed.Code, replayed.Error));
        Assert.Equal(recorded.Json.GetProperty("steps").GetRawText(), replayed.Json.GetProperty("steps").GetRawText());
        Assert.Equal(recorded.Json.Text("answer"), replayed.Json.Text("answer"));
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Run.RagAsync("agent", "--replay", file)).Code);
    }

    [Fact]
    public async Task Strategy_that_only_thinks_needs_no_store()
    {
        using var server = new ModelServer { Answer = "Answer: Ada Crane" };

        var run = await Run.RagAsync("agent", Asked, "--strategy", "cot", "--endpoint", server.Address, "--store", "nowhere.db", "--json");

        Assert.Equal((0, "Ada Crane"), (run.Code, run.Json.Text("answer")));
    }

    [Fact]
    public async Task What_is_lacking_or_unknown_is_wrong_usage()
    {
        using var server = new ModelServer();

        (await store.RagAsync("agent", Asked)).AssertComplains(2, "An agent needs a language model: --model GGUF or --endpoint URL.");
        (await AgentAsync(server, "--tools", "pages,oven")).AssertComplains(2, "--tools names 'oven'. The tools are: pages, search,");
        (await AgentAsync(server, "--strategy", "guess")).AssertComplains(2, "guess");
        (await Run.RagAsync("agent", Asked, "--endpoint", server.Address, "--store", "nowhere.db")).AssertComplains(1, "There is no store at 'nowhere.db'.");
    }

    [Fact]
    public async Task Strategies_are_compared_as_the_contract_says()
    {
        using var server = new ModelServer { Answer = "Answer: 18" };
        var file = Path.Combine(store.Workspace.Docs, "..", "gsm.jsonl");
        await File.WriteAllTextAsync(file, "{\"question\": \"9 * 2?\", \"answer\": \"#### 18\"}\n{\"question\": \"9 * 3?\", \"answer\": \"#### 27\"}\n", TestContext.Current.CancellationToken);

        var run = await Run.RagAsync("eval", "agents", "--gsm8k", file, "--strategy", "standard", "--strategy", "cot-sc", "--endpoint", server.Address, "--json");

        run.Json.AssertFields("questions", "strategies");
        var rows = run.Json.GetProperty("strategies").AssertArrayOf("name", "exactMatch", "f1", "accuracy", "finished", "meanCalls", "meanSteps", "meanTokens");
        Assert.Equal([("standard", 0.5, 1), ("cot-sc", 0.5, 5)], rows.Select(r => (r.Text("name"), r.GetProperty("accuracy").GetDouble(), (int)r.GetProperty("meanCalls").GetDouble())));
        (await Run.RagAsync("eval", "agents", "--strategy", "standard", "--endpoint", server.Address)).AssertComplains(2, "Give one file of questions: --hotpot, --fever, --gsm8k, --strategyqa.");
        var searching = await Run.RagAsync("eval", "agents", "--gsm8k", file, "--strategy", "ircot", "--endpoint", server.Address);
        Assert.Equal(2, searching.Code);
        Assert.EndsWith("The strategy ircot searches, and the file holds no pages to be searched. Give some: --store S.", searching.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(0, (await Run.RagAsync("eval", "agents", "--gsm8k", file, "--strategy", "tools", "--endpoint", server.Address)).Code);
    }

    [Fact]
    public async Task Chat_hands_questions_to_an_agent_and_keeps_its_answers()
    {
        using var server = new ModelServer { Answer = "Action: Finish[Ada Crane]" };

        var run = await Run.RagAsync(["chat", "--endpoint", server.Address, "--store", store.Workspace.Store], _ => null, "/agent react\nWho founded the archive?\n/agent off\n/agent cot Who was it?\n/history\n/agent guess\n/quit\n");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Questions go to an agent now, by react.", run.Out, StringComparison.Ordinal);
        Assert.Contains("1. Who founded the archive?", run.Out, StringComparison.Ordinal);
        Assert.Contains("2. Who was it?", run.Out, StringComparison.Ordinal);
        Assert.Contains("Say how it should reason: /agent standard,", run.Out, StringComparison.Ordinal);
        Assert.Contains("An agent needs a language model", (await Run.RagAsync(["chat", "--store", store.Workspace.Store], _ => null, "/agent react\n")).Out, StringComparison.Ordinal);
    }

    private Task<Run> AgentAsync(ModelServer server, params string[] options) => store.RagAsync(["agent", Asked, "--endpoint", server.Address, .. options]);
}
