using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Rag.Agents;
using Rag.Agents.Strategies;
using Rag.Agents.Tools;
using Rag.Citations;
using Rag.Evaluation.Agents;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Quality;

/// <summary>What the loop of agents costs besides the model, and what a model that knows the way reaches through it on HotpotQA's distractor setting.</summary>
internal static class AgentLoop
{
    private const int Rounds = 5;

    public static async Task MeasureAsync(string data, int runs, TextWriter output)
    {
        await output.WriteLineAsync($"agent-loop: {runs} runs a round, a client and a tool that take no time, {Rounds} rounds; microseconds a step (median of the rounds)");
        var tool = AIFunctionFactory.Create((string query) => "The Danube flows through Vienna and ends in the Black Sea.", "search", "Searches.");
        string[] turns = [.. Enumerable.Range(1, 6).Select(i => $"Thought {i}: I go on.\nAction {i}: search[river {i}]"), "Thought 7: Done.\nAction 7: Finish[the Black Sea]"];
        await TimeAsync("react, 6 searches", () => TurnScript.Saying(turns), new ReActStrategy(), tool, runs, output);
        await TimeAsync("act, 6 searches", () => TurnScript.Saying([.. turns.Select(t => t.Split('\n')[1])]), new ActStrategy(), tool, runs, output);
        await TimeAsync("tools, 6 searches", () => new TurnScript((call, _, _) => call == 6 ? new(ChatRole.Assistant, "The Black Sea.") : new(ChatRole.Assistant, [new FunctionCallContent($"{call}", "search", new Dictionary<string, object?> { ["query"] = "river" })])), new ToolCallingStrategy(), tool, runs, output);
        await TimeAsync("cot-sc, 5 samples", () => TurnScript.Saying("It is so.\nAnswer: 42"), new SelfConsistencyStrategy(), tool, runs, output);

        var questions = await AgentQuestionFile.HotpotAsync(Path.Combine(data, "qa-hotpot-distractor", "hotpot_distractor_sample.json"));
        await output.WriteLineAsync("| an oracle that searches the right pages and knows the answer | exact match | F1 | finished | cited from a right page | calls | steps |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|");
        foreach (var strategy in (IAgentStrategy[])[new StandardStrategy(), new ActStrategy(), new ReActStrategy()])
        {
            var cited = 0;
            var row = await AgentEvaluation.OfAsync(strategy.Name, questions, async (question, _) =>
            {
                var run = await OracleAsync(question, strategy);
                cited += run.Answer.Citations.Any(c => question.Supporting.Contains(c.Chunk.Title)) ? 1 : 0;
                return new(CitationMark.Remove(run.Answer.Text), run.Stopped == AgentStop.Answered, run.Calls, run.Steps.Count, 0);
            });
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {strategy.Name} | {row.ExactMatch:0.000} | {row.F1:0.000} | {row.Finished:0.000} | {cited} of {questions.Count} | {row.MeanCalls:0.0} | {row.MeanSteps:0.0} |"));
        }
    }

    private static async Task<AgentRun> OracleAsync(AgentQuestion question, IAgentStrategy strategy)
    {
        var store = await AgentPage.StoreAsync(question.Pages);
        var replies = strategy is StandardStrategy ? [question.Answer] : question.Supporting.Select(title => $"Action: Search[{title}]").Append($"Action: Finish[{question.Answer}]").ToArray();
        using var oracle = TurnScript.Saying(strategy is ReActStrategy ? [.. replies.Select(r => $"Thought: I know the way.\n{r}")] : replies);
        return await new Agent(oracle, strategy, new() { Tools = PageTools.Create(store, new DefaultRetriever(store), new("")) }).RunAsync(question.Text);
    }

    private static async Task TimeAsync(string name, Func<TurnScript> client, IAgentStrategy strategy, AIFunction tool, int runs, TextWriter output)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var (start, steps) = (Stopwatch.GetTimestamp(), 0);
            for (var i = 0; i < runs; i++)
            {
                using var script = client();
                steps += (await new Agent(script, strategy, new() { Tools = [tool] }).RunAsync("Where does the river that flows through Vienna end?")).Steps.Count;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps);
        }

        // the first round warms up
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {times.Skip(1).Order().ElementAt(Rounds / 2):0.0}"));
    }
}
