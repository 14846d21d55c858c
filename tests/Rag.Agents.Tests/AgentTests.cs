using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests;

public sealed class AgentTests
{
    private static readonly AIFunction Capital = AIFunctionFactory.Create((string country) => country == "France" ? "Paris is the capital of France." : "nothing found", "capital", "The capital of a country.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_thinks_acts_observes_and_answers()
    {
        var run = await Agent(["Thought 1: I look it up.\nAction 1: capital[France]", "Thought 2: It is Paris.\nAction 2: Finish[Paris]"]).RunAsync("Capital of France?", Token);

        Assert.Equal(["Thought", "ToolCall", "Observation", "Thought", "Finish", "Answered"], run.Steps.Select(s => s.GetType().Name));
        Assert.Equal(("Paris", AgentStop.Answered, 2), (run.Answer.Text, run.Stopped, run.Calls));
    }

    [Fact]
    public async Task Steps_come_as_they_are_taken()
    {
        var seen = new List<AgentStep>();
        using var client = new TurnScript((call, _, _) =>
        {
            Assert.Equal(call == 0 ? 0 : 3, seen.Count);
            return new(ChatRole.Assistant, call == 0 ? "Thought: look.\nAction: capital[France]" : "Action: Finish[Paris]");
        });
        await foreach (var step in new Agent(client, new ReActStrategy(), new() { Tools = [Capital] }).RunStreamingAsync(new("Capital of France?"), Token))
        {
            seen.Add(step);
        }

        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Answer_cites_the_passage_that_a_tool_found()
    {
        var chunk = new Chunk("geo#0", "geo", "Paris is the capital of France. It lies on the Seine.", new(10, 63)) { Title = "Geography" };
        var search = AIFunctionFactory.Create((string query, AIFunctionArguments arguments) => $"[{AgentContext.Of(arguments)!.Cite(chunk, 1)}] {chunk.Text}", "search");
        var run = await new Agent(TurnScript.Saying("Action: search[France]", "Action: Finish[Paris]"), new ReActStrategy(), new() { Tools = [search] }).RunAsync("Capital of France?", Token);

        var citation = Assert.Single(run.Answer.Citations);
        Assert.Equal(("geo#0", 1), (citation.Chunk.Id, citation.Number));
        Assert.Contains("Paris", citation.Quote, StringComparison.Ordinal);
        Assert.Equal(citation.Quote, chunk.Text[(citation.Source.Start - 10)..(citation.Source.End - 10)]);
        Assert.Equal(1, Assert.Single(Assert.Single(run.Steps.OfType<AgentStep.Observation>()).Passages).Number);
    }

    [Fact]
    public async Task Answer_that_must_be_cited_and_is_not_goes_back_to_the_model_and_ends_as_an_abstention()
    {
        using var client = TurnScript.Saying("Action: Finish[Rome]");
        var run = await new Agent(client, new ReActStrategy(), new() { Tools = [Capital], RequireCitations = true }).RunAsync("Capital of France?", Token);

        Assert.True(run.Answer.Abstained);
        Assert.Contains(run.Steps, s => s is AgentStep.Error { Message: var m } && m.Contains("No passage", StringComparison.Ordinal));
        Assert.Equal(AgentStop.GaveUp, run.Stopped);
    }

    [Theory]
    [InlineData("UNKNOWN")]
    [InlineData("I don't know.")]
    public async Task Model_that_does_not_know_abstains(string said)
    {
        var run = await Agent([$"Action: Finish[{said}]"]).RunAsync("Capital of France?", Token);

        Assert.Equal((true, AgentStop.Answered), (run.Answer.Abstained, run.Stopped));
    }

    [Fact]
    public async Task Unknown_tool_is_told_with_the_tools_there_are()
    {
        using var client = TurnScript.Saying("Action: Google[France]", "Action: Finish[Paris]");
        var run = await new Agent(client, new ReActStrategy(), new() { Tools = [Capital] }).RunAsync("Capital?", Token);

        Assert.Equal("There is no tool 'Google'. The tools are: capital.", Assert.Single(run.Steps.OfType<AgentStep.Observation>()).Text);
        Assert.Contains("Observation 1: There is no tool 'Google'.", client.Prompts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("capital[{\"city\": \"Paris\"}]", "capital needs country. Its parameters: country (string).")]
    [InlineData("capital[{\"country\": \"France\", \"year\": 3}]", "capital knows no 'year'. Its parameters: country (string).")]
    public async Task Wrong_arguments_are_told_with_the_parameters(string action, string message)
    {
        var run = await Agent([$"Action: {action}", "Action: Finish[Paris]"]).RunAsync("Capital?", Token);

        Assert.Equal((message, true), Assert.Single(run.Steps.OfType<AgentStep.Observation>()) is var o ? (o.Text, o.Failed) : default);
    }

    [Fact]
    public async Task Tool_that_throws_is_told_to_the_model()
    {
        var broken = AIFunctionFactory.Create(string (string query) => throw new InvalidOperationException("the index is closed"), "search");
        var run = await new Agent(TurnScript.Saying("Action: search[x]", "Action: Finish[none found]"), new ReActStrategy(), new() { Tools = [broken] }).RunAsync("Task", Token);

        Assert.Equal("search failed: the index is closed", Assert.Single(run.Steps.OfType<AgentStep.Observation>()).Text);
    }

    [Fact]
    public async Task Tool_that_hangs_is_left_behind()
    {
        var time = new ManualTime();
        var hanging = AIFunctionFactory.Create(async (string query) =>
        {
            time.Advance(TimeSpan.FromSeconds(31)); // ignores its token
            await new TaskCompletionSource().Task;
        }, "search");
        var run = await new Agent(TurnScript.Saying("Action: search[x]", "Action: Finish[gave up on it]"), new ReActStrategy(), new() { Tools = [hanging] }, time).RunAsync("Task", Token);

        Assert.Equal("search did not end within 00:00:30. Ask it for less.", Assert.Single(run.Steps.OfType<AgentStep.Observation>()).Text);
        Assert.Equal(AgentStop.Answered, run.Stopped);
    }

    [Fact]
    public async Task Endless_output_of_a_tool_is_cut_and_said_to_be()
    {
        var flood = AIFunctionFactory.Create((string query) => new string('x', 5_000_000), "search");
        var run = await new Agent(TurnScript.Saying("Action: search[x]", "Action: Finish[too much]"), new ReActStrategy(), new() { Tools = [flood], Budget = new() { MaxObservation = 100 } }).RunAsync("Task", Token);

        Assert.Equal($"{new string('x', 100)} (cut: 5000000 characters, of which 100 may be shown)", Assert.Single(run.Steps.OfType<AgentStep.Observation>()).Text);
    }

    [Fact]
    public async Task Faults_of_the_client_are_thrown()
    {
        using var client = new TurnScript((_, _, _) => throw new HttpRequestException("refused"));

        await Assert.ThrowsAsync<HttpRequestException>(() => new Agent(client, new StandardStrategy()).RunAsync("Task", Token));
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var client = new TurnScript((_, _, _) =>
        {
            source.Cancel();
            return new(ChatRole.Assistant, "Action: capital[France]");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Agent(client, new ReActStrategy(), new() { Tools = [Capital] }).RunAsync("Task", source.Token));
    }

    [Fact]
    public void Two_tools_of_one_name_are_refused() =>
        Assert.StartsWith("Two tools have the name 'capital'.", Assert.Throws<ArgumentException>(() => new Agent(TurnScript.Saying(""), new ReActStrategy(), new() { Tools = [Capital, AIFunctionFactory.Create(() => 1, "capital")] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Blank_task_is_refused_by_the_call_itself() => Assert.Throws<ArgumentException>(() => { _ = new Agent(TurnScript.Saying(""), new StandardStrategy()).RunStreamingAsync(new(" ")); });

    private static Agent Agent(string[] replies) => new(TurnScript.Saying(replies), new ReActStrategy(), new() { Tools = [Capital] });
}
