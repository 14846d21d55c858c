using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;
using Rag.Agents.Tools;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Agents.Tests;

/// <summary>Each strategy has a page, and the run that it prints is one that this code makes: by a scripted model, with the real loop, tools and verifier. <c>RAG_UPDATE_GOLDEN=1</c> writes the runs anew.</summary>
public sealed partial class StrategyPageTests
{
    private static readonly (string Title, string Text)[] Pages =
    [
        ("Analytical Engine", "The Analytical Engine was a proposed mechanical general-purpose computer. It was designed by the mathematician Charles Babbage and first described in 1837. It was never finished."),
        ("Charles Babbage", "Charles Babbage was an English mathematician and inventor. He was born in London on 26 December 1791. He held a chair at Cambridge from 1828 to 1839."),
        ("Ada Lovelace", "Ada Lovelace was an English mathematician. In 1843 she published notes on the Analytical Engine, with a method to compute Bernoulli numbers. She was born in London on 10 December 1815."),
        ("Difference engine", "A difference engine computes tables of polynomials. Babbage began to build one in 1822. The Science Museum built a complete one in 1991."),
    ];

    private const string Born = "In which city was the designer of the Analytical Engine born?";
    private const string Years = "How many years lie between the first description of the Analytical Engine and the notes of Ada Lovelace?";

    private static readonly Dictionary<string, Run> Runs = new()
    {
        ["standard"] = new(_ => new StandardStrategy(), Born, "London"),
        ["chain-of-thought"] = new(_ => new ChainOfThoughtStrategy(), Years, "The engine was first described in 1837. The notes were published in 1843. 1843 - 1837 = 6.\nAnswer: 6"),
        ["self-consistency"] = new(_ => new SelfConsistencyStrategy(3), Years, "1843 - 1837 = 6.\nAnswer: 6", "From 1837 to 1843 there are 7 years.\nAnswer: 7", "1837 + 6 = 1843.\nAnswer: 6.0") { BySeed = true },
        ["act"] = new(_ => new ActStrategy(), Born, "Search[Analytical Engine]", "Search[Charles Babbage]", "Finish[London]"),
        ["react"] = new(_ => new ReActStrategy(), Born,
            "I need to find who designed the Analytical Engine, then where that person was born.\nAction 1: Search[Analytical Engine]",
            "The designer is Charles Babbage. I need to find where he was born.\nAction 2: Search[Charles Babbage]",
            "Charles Babbage was born in London.\nAction 3: Finish[London]"),
        ["react-and-self-consistency"] = new(_ => FallbackStrategy.ReActThenConsistency(new(maxTurns: 2), new(3)), Born,
            "I look for the engine.\nAction 1: Search[Engine of analysis]", "That did not help.\nAction 2: Lookup[birthplace]",
            "Charles Babbage designed it. He was born in London.\nAnswer: London", "Babbage was from Cambridge.\nAnswer: Cambridge", "It was Babbage, born in London.\nAnswer: London"),
        ["program-aided"] = new(_ => new ProgramAidedStrategy(), Years,
            "```python\ndef solution():\n    described = 1837\n    notes = 1843\n    return notes - descibed\n```",
            "```python\ndef solution():\n    described = 1837\n    notes = 1843\n    return notes - described\n```"),
        ["plan-and-execute"] = new(_ => new PlanAndExecuteStrategy(), Born,
            """{"plan": ["Find out who designed the Analytical Engine.", "Find out in which city that person was born."], "answer": ""}""",
            "I look it up.\nAction 1: Search[Analytical Engine]", "It was Charles Babbage.\nAction 2: Finish[Charles Babbage]",
            """{"plan": ["Find out in which city Charles Babbage was born."], "answer": ""}""",
            "I look it up.\nAction 1: Search[Charles Babbage]", "He was born in London.\nAction 2: Finish[London]",
            """{"plan": [], "answer": "London"}"""),
        ["interleaved-retrieval"] = new(search => new InterleavedRetrievalStrategy(search, 4), Born, "The Analytical Engine was designed by Charles Babbage.", "So I need the city in which Charles Babbage was born.", "So the answer is: London."),
        ["self-critique"] = new(_ => new SelfCritiqueStrategy(), Years, "1843 - 1837 = 7.\nAnswer: 7", "1843 - 1837 is 6, not 7.", "1843 - 1837 = 6.\nAnswer: 6", "CORRECT"),
        ["tool-calling"] = new(_ => new ToolCallingStrategy(), Born,
            """search {"question": "Who designed the Analytical Engine?"}""", """search {"question": "Where was Charles Babbage born?"}""", "Charles Babbage designed the Analytical Engine [1]. He was born in London [2]."),
    };

    public static TheoryData<string> Names => [.. Runs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_prints_a_run_that_the_code_makes(string name)
    {
        var path = Path.Combine(SharedData.Checkout(), "docs", "strategies", $"{name}.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var trace = await TraceAsync(Runs[name]);
        var block = Block().Match(page);
        Assert.True(block.Success, $"{path} has no block behind '<!-- run -->'.");
        if (Environment.GetEnvironmentVariable("RAG_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(page.AsSpan(0, block.Groups["run"].Index), trace, page.AsSpan(block.Groups["run"].Index + block.Groups["run"].Length)), TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(trace, block.Groups["run"].Value);
    }

    private static async Task<string> TraceAsync(Run run)
    {
        await using var store = new InMemoryChunkStore();
        foreach (var (title, words) in Pages)
        {
            var document = new Document(title, title, words, []) { Language = "en" };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, words.Length)))], TestContext.Current.CancellationToken);
        }

        var (retriever, scope) = (new DefaultRetriever(store), new Query(""));
        var search = SearchTool.Create(retriever, scope, top: 1);
        using var client = new TurnScript((call, _, options) => run.Reply(call, options));
        AIFunction[] tools = run.Strategy(search) is ToolCallingStrategy or InterleavedRetrievalStrategy ? [search] : [.. PageTools.Create(store, retriever, scope, nearest: true)];
        var made = await new Agent(client, run.Strategy(search), new() { Tools = tools }, new ManualTime()).RunAsync(run.Task, TestContext.Current.CancellationToken);
        var text = new StringBuilder($"task         {run.Task}\n");
        foreach (var step in made.Steps)
        {
            text.Append(Line(step)).Append('\n');
        }

        foreach (var citation in made.Answer.Citations)
        {
            text.Append($"  [{citation.Number}] {citation.Chunk.Title}: \"{citation.Quote}\"\n");
        }

        return text.ToString();
    }

    private static string Line(AgentStep step) => step switch
    {
        AgentStep.Thought { Sample: { } sample } thought => $"sample {sample + 1}     {thought.Text} -> {thought.Proposes}",
        AgentStep.Thought { Proposes: { } proposed } thought => $"thought      {thought.Text} -> {proposed}",
        AgentStep.Thought thought => $"thought      {thought.Text}",
        AgentStep.ToolCall call => $"action       {call.Written ?? $"{call.Tool}({string.Join(", ", call.Arguments.Values).ReplaceLineEndings("\n               ")})"}",
        AgentStep.Observation observation => $"observation  {observation.Text}",
        AgentStep.Plan plan => $"plan         {string.Join(" / ", plan.Items)}",
        AgentStep.Error error => $"error        {error.Message}",
        AgentStep.OutOfBudget end => $"stopped      {end.Message}",
        AgentStep.Finish finish => $"finish       {finish.Text}",
        AgentStep.Answered answered => $"answer       {answered.Value.Text}{(answered.Value.Confidence is { } sure ? FormattableString.Invariant($" (confidence {sure:0.00})") : "")}",
        _ => throw new NotSupportedException($"A trace has no line for {step}."),
    };

    private sealed record Run(Func<AIFunction, IAgentStrategy> Strategy, string Task, params string[] Replies)
    {
        public bool BySeed { get; init; }

        public ChatMessage Reply(int call, ChatOptions? options)
        {
            // samples come in any order, so a sampled reply goes by its seed
            var first = BySeed ? 0 : Replies.Length - 3;
            var reply = Replies[Math.Min(options?.Seed is { } seed ? first + (int)seed : call, Replies.Length - 1)];
            return reply.StartsWith("search {", StringComparison.Ordinal)
                ? new(ChatRole.Assistant, [new FunctionCallContent($"call-{call}", "search", System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(reply["search ".Length..]))])
                : new(ChatRole.Assistant, reply);
        }
    }

    [GeneratedRegex(@"<!-- run -->\n```text\n(?<run>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
