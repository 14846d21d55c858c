using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests;

public sealed class NestedAgentTests
{
    private static readonly Chunk Page = new("geo#0", "geo", "Paris is the capital of France.", new(0, 31)) { Title = "Geography" };

    private static readonly AIFunction Search = AIFunctionFactory.Create((string query, AIFunctionArguments arguments) => $"[{AgentContext.Of(arguments)!.Cite(Page, 1)}] {Page.Text}", "search");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agent_as_a_tool_answers_and_its_citations_are_carried_through()
    {
        var geographer = new Agent(TurnScript.Saying("Action: search[France]", "Action: Finish[Paris]"), new ReActStrategy(), new() { Tools = [Search] }).AsTool("geographer", "Knows places.");
        var run = await new Agent(TurnScript.Saying("Action: geographer[Capital of France?]", "Action: Finish[Paris]"), new ReActStrategy(), new() { Tools = [geographer] }).RunAsync("Where does the French president live?", Token);

        Assert.Equal("geo#0", Assert.Single(run.Answer.Citations).Chunk.Id);
        Assert.Equal(4, run.Calls);
    }

    [Fact]
    public async Task Hand_off_ends_the_run_with_the_other_agents_answer()
    {
        var geographer = new Agent(TurnScript.Saying("Action: search[France]", "Action: Finish[Paris]"), new ReActStrategy(), new() { Tools = [Search] }).AsTool("geographer", "Knows places.", takesOver: true);
        using var supervisor = TurnScript.Saying("Action: geographer[Capital of France?]", "Action: Finish[Rome]");
        var run = await new Agent(supervisor, new ReActStrategy(), new() { Tools = [geographer] }).RunAsync("Capital of France?", Token);

        Assert.Equal(("Paris [1]", 1), (run.Answer.Text, supervisor.Requests.Count));
        Assert.Equal(AgentStop.Answered, run.Stopped);
    }

    [Fact]
    public async Task Agents_that_call_each_other_in_a_circle_end_within_the_budget()
    {
        AIFunction? tool = null;
        var call = AIFunctionFactory.Create((string task, AIFunctionArguments arguments, CancellationToken token) => tool!.InvokeAsync(new(new Dictionary<string, object?> { ["task"] = task }) { Context = arguments.Context }, token).AsTask(), "other");
        using var client = TurnScript.Saying("Action: other[You do it]");
        var agent = new Agent(client, new ReActStrategy(), new() { Tools = [call], Budget = new() { MaxCalls = 40, MaxSteps = 10 } });
        tool = agent.AsTool("self", "Itself.");
        var run = await agent.RunAsync("Do it.", Token);

        Assert.True(run.Calls <= 40, $"{run.Calls} calls");
        Assert.IsType<AgentStep.Answered>(run.Steps[^1]);
    }

    [Fact]
    public async Task What_an_inner_agent_spends_counts_for_the_outer_one()
    {
        using var endless = TurnScript.Saying("Action: search[more]");
        var inner = new Agent(endless, new ReActStrategy(maxTurns: 1000), new() { Tools = [Search], Budget = new() { MaxCalls = 1000, MaxSteps = 1000 } }).AsTool("inner", "Never ends.");
        var run = await new Agent(TurnScript.Saying("Action: inner[Go]", "blue"), new ReActStrategy(), new() { Tools = [inner], Budget = new() { MaxCalls = 10 } }).RunAsync("Go.", Token);

        Assert.Equal((AgentStop.Calls, 10), (run.Stopped, run.Calls));
        Assert.Equal(8, endless.Requests.Count);
    }
}
