using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests;

public sealed class BudgetTests
{
    private static readonly AIFunction Look = AIFunctionFactory.Create((string query) => $"The {query} is blue.", "look");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentStop.Steps)]
    [InlineData(AgentStop.Calls)]
    [InlineData(AgentStop.Tokens)]
    [InlineData(AgentStop.Time)]
    [InlineData(AgentStop.GaveUp)]
    public async Task Spent_budget_ends_in_one_forced_answer_from_what_is_known(AgentStop limit)
    {
        var time = new ManualTime();
        using var client = new TurnScript((_, messages, _) =>
        {
            var final = messages[^1].Text.EndsWith("Answer:", StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(limit == AgentStop.Time && !final ? 25 : 0));
            return new(ChatRole.Assistant, final ? "blue" : "Action: look[sky]");
        });
        var budget = limit switch
        {
            AgentStop.Steps => new AgentBudget { MaxSteps = 3 },
            AgentStop.Calls => new() { MaxCalls = 4 },
            AgentStop.Tokens => new() { MaxTokens = 3000 },
            _ => new(),
        };
        var run = await new Agent(client, new ReActStrategy(maxTurns: limit == AgentStop.GaveUp ? 3 : 100), new() { Tools = [Look], Budget = budget }, time).RunAsync("What colour is the sky?", Token);

        Assert.Equal((limit, "blue", false), (run.Stopped, run.Answer.Text, run.Answer.Abstained));
        Assert.Equal(["OutOfBudget", "Finish", "Answered"], run.Steps.TakeLast(3).Select(s => s.GetType().Name));
        Assert.Contains("The sky is blue.", client.Prompts[^1], StringComparison.Ordinal);
        Assert.True(run.Calls <= budget.MaxCalls);
        Assert.True(run.Answer.Usage.PromptTokens + run.Answer.Usage.CompletionTokens <= (budget.MaxTokens ?? int.MaxValue));
        Assert.True(run.Steps[^1].At <= budget.Timeout);
    }

    [Fact]
    public async Task Model_that_hangs_ends_in_an_abstention_with_the_reason()
    {
        var time = new ManualTime();
        using var client = new ScriptedChatClient("never") { Before = async _ => { time.Advance(TimeSpan.FromMinutes(3)); await new TaskCompletionSource().Task; } };
        var run = await new Agent(client, new StandardStrategy(), time: time).RunAsync("What colour is the sky?", Token);

        Assert.Equal((AgentStop.Time, true), (run.Stopped, run.Answer.Abstained));
        Assert.Equal("The time of 00:02:00 is spent, but for a final answer. What was known by then gave no answer.", run.Answer.Reason);
    }

    [Fact]
    public async Task Samples_that_came_in_time_are_voted_on()
    {
        var time = new ManualTime();
        using var client = new SlowSamples(time);
        var run = await new Agent(client, new SelfConsistencyStrategy(5), time: time).RunAsync("What colour is the sky?", Token);

        Assert.Equal(("blue", 1.0), (run.Answer.Text, run.Answer.Confidence));
        Assert.Equal(AgentStop.Time, run.Stopped);
    }

    [Fact]
    public async Task Budget_of_one_call_is_used_by_the_strategy()
    {
        using var client = TurnScript.Saying("blue");
        var run = await new Agent(client, new StandardStrategy(), new() { Budget = new() { MaxCalls = 1 } }).RunAsync("What colour is the sky?", Token);

        Assert.Equal(("blue", AgentStop.Answered, 1), (run.Answer.Text, run.Stopped, run.Calls));
    }

    [Fact]
    public async Task Model_that_writes_on_is_stopped()
    {
        using var client = new ScriptedChatClient([.. Enumerable.Repeat("and so on ", 100_000)]);
        var pieces = 0;
        using var counting = new ScriptedChatClient([.. Enumerable.Repeat("and so on ", 100_000)]) { Before = _ => { pieces++; return Task.CompletedTask; } };
        await new Agent(counting, new StandardStrategy(), new() { Budget = new() { MaxReplyTokens = 50 } }).RunAsync("What?", Token);

        Assert.InRange(pieces, 1, 1000);
    }

    [Fact]
    public async Task Prompt_beyond_the_tokens_is_not_sent()
    {
        using var client = TurnScript.Saying("blue");
        var run = await new Agent(client, new ReActStrategy(), new() { Tools = [Look], Budget = new() { MaxTokens = 100 } }).RunAsync("What colour is the sky?", Token);

        Assert.Equal((AgentStop.Tokens, true, 0), (run.Stopped, run.Answer.Abstained, client.Requests.Count));
    }

    /// <summary>Three samples answer at once; the others wait until the time is over.</summary>
    private sealed class SlowSamples(ManualTime time) : IChatClient
    {
        private readonly TaskCompletionSource _quick = new();
        private int _answered;

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            if (options!.Seed >= 3)
            {
                await _quick.Task.WaitAsync(cancellationToken);
                await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            }

            yield return new(ChatRole.Assistant, "The sky is clear.\nAnswer: blue");
            if (Interlocked.Increment(ref _answered) == 3)
            {
                _ = Task.Run(async () =>
                {
                    _quick.SetResult();
                    while (!cancellationToken.IsCancellationRequested)
                    {
                        await Task.Yield();
                        time.Advance(TimeSpan.FromSeconds(1));
                    }
                }, CancellationToken.None);
            }
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // holds nothing
        }
    }
}
