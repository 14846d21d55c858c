using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

/// <summary>A run of a random strategy with a random model, random tools and random limits: made live, or with a world in which nothing may be touched.</summary>
internal sealed class RandomRun(int seed, bool takesTime = true, int modelSeed = -1)
{
    private static readonly string[] Named = ["search", "fetch", "broken", "slow", "send", "expert", "nosuchtool"];

    private int _touched;

    public ManualTime Time { get; } = new();

    /// <summary>How often the world was touched.</summary>
    public int Touched => _touched;

    /// <summary>The agent as it is recorded.</summary>
    public Agent Live(Recording recording) => Build((c, s, o) => recording.Agent(c, s, o), new RandomModel(Model, Time, takesTime, false, Named), new RandomModel(Model + 1, Time, takesTime, true, Named));

    /// <summary>The agent as it is replayed: there is no model, and the tools count when they are called.</summary>
    public Agent Dead(Recording recording) => Build((c, s, o) => recording.Agent(c, s, o), null, null);

    /// <summary>The agent without anything around it.</summary>
    public Agent Plain() => Build((c, s, o) => new Agent(c!, s, o, Time), new RandomModel(Model, Time, takesTime, false, Named), new RandomModel(Model + 1, Time, takesTime, true, Named));

    private Agent Build(Func<IChatClient?, IAgentStrategy, AgentOptions, Agent> make, IChatClient? client, IChatClient? other)
    {
        var random = new Random(seed);
        var tools = Tools(random);
        var sub = make(other, Strategy(random.Next(8), tools[0]), new() { Tools = [.. tools.Take(3)], Budget = Budget(random) });
        var strategy = Strategy(random.Next(Strategies), tools[0]);
        return make(client, strategy, new()
        {
            Tools = [.. tools, sub.AsTool("expert", "Knows.", takesOver: random.Next(3) == 0)],
            Budget = Budget(random),
            Chat = random.Next(2) == 0 ? null : new() { Seed = random.Next(100), Temperature = 0.5f, AdditionalProperties = new() { ["min_p"] = 0.1 } },
            RequireCitations = random.Next(4) == 0,
            Approve = random.Next(4) == 0 ? null : (approval, _) => new(Touch() && approval.Tainted.Count == 0),
        });
    }

    private const int Strategies = 11;

    private static IAgentStrategy Strategy(int number, AIFunction search) => number switch
    {
        0 => new ReActStrategy(),
        1 => new ActStrategy(),
        2 => new StandardStrategy(),
        3 => new ChainOfThoughtStrategy(new() { Examples = [] }),
        4 => new InterleavedRetrievalStrategy(search),
        5 => new PlanAndExecuteStrategy(),
        6 => new SelfCritiqueStrategy(),
        7 => new ToolCallingStrategy(),
        8 => new SelfConsistencyStrategy(4, minShare: 0.5),
        9 => FallbackStrategy.ReActThenConsistency(),
        _ => FallbackStrategy.ConsistencyThenReAct(),
    };

    private static AgentBudget Budget(Random random) => new()
    {
        MaxSteps = random.Next(1, 12),
        MaxCalls = random.Next(1, 20),
        MaxTokens = random.Next(2) == 0 ? null : random.Next(100, 8000),
        MaxReplyTokens = random.Next(8, 400),
        MaxObservation = random.Next(20, 400),
        Timeout = TimeSpan.FromSeconds(random.Next(5, 120)),
        ToolTimeout = TimeSpan.FromSeconds(random.Next(1, 30)),
    };

    private List<AIFunction> Tools(Random random)
    {
        var chunk = Passages.Chunk("ferry.md", "The ferry leaves at noon.");
        var hangs = random.Next(2) == 0;
        return
        [
            AIFunctionFactory.Create(
                (string input, AIFunctionArguments arguments) =>
                {
                    Touch();
                    var number = AgentContext.Of(arguments)?.Cite(input.Length % 2 == 0 ? chunk : Passages.Chunk($"{input}.md", $"{input} stands here."), 0.1 * input.Length);
                    return $"[{number}] The ferry leaves at noon, says {input}.";
                }, "search"),
            AIFunctionFactory.Create((string input, int count = 0) => new { Touched = Touch(), input, count, Value = 0.1 }, "fetch"),
            AIFunctionFactory.Create(string? (string input) => Touch() && input.Length > 6 ? throw new InvalidOperationException($"no {input} here") : input.Length > 4 ? throw new OperationCanceledException() : null, "broken"),
            AIFunctionFactory.Create(
                async (string input, CancellationToken cancellationToken) =>
                {
                    Touch();
                    if (takesTime)
                    {
                        Time.Advance(TimeSpan.FromSeconds(input.Length));
                        await (hangs ? Time.PassUntilAsync(leaves: input.Length % 2 == 0, cancellationToken) : Task.CompletedTask);
                    }

                    return input;
                }, "slow"),
            new ApprovalRequiredAIFunction(AIFunctionFactory.Create((string input) => $"sent {Touch()} {input}", "send")),
        ];
    }

    private int Model => modelSeed < 0 ? seed : modelSeed;

    private bool Touch() => Interlocked.Increment(ref _touched) > 0;
}
