using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests;

/// <summary>The trajectories that the ReAct paper prints, fed back through a scripted model: each step, action and finish must come out as it stands there, and each prompt be the text up to there.</summary>
public sealed partial class PaperTrajectoryTests
{
    public static TheoryData<string, string> Prompts => new()
    {
        { "prompts_naive.json", "webthink_simple" },
        { "prompts_naive.json", "webthink_simple6" },
        { "prompts_naive.json", "webthink_simple_3" },
        { "prompts_naive.json", "webact_simple6" },
        { "fever.json", "webthink_simple3" },
        { "fever.json", "webact_simple3" },
    };

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task Loop_reproduces_the_papers_trajectories(string file, string name)
    {
        var label = file.StartsWith("fever", StringComparison.Ordinal) ? "Claim" : "Question";
        var thinks = name.StartsWith("webthink", StringComparison.Ordinal);
        var trajectories = Trajectories(file, name, label);
        Assert.NotEmpty(trajectories);
        foreach (var (question, lines) in trajectories)
        {
            var steps = await RunAsync(question, lines, label, thinks);

            Assert.Equal(lines.Select(l => $"{l.Kind} {l.Number}: {l.Text}"), steps);
        }
    }

    [Fact]
    public void Paper_prints_29_trajectories() =>
        Assert.Equal(29, Prompts.Sum(p => Trajectories(p.Data.Item1, p.Data.Item2, p.Data.Item1.StartsWith("fever", StringComparison.Ordinal) ? "Claim" : "Question").Count));

    private static async Task<List<string>> RunAsync(string question, List<Line> lines, string label, bool thinks)
    {
        var observations = new Queue<string>(lines.Where(l => l.Kind == "Observation").Select(l => l.Text));
        AIFunction[] tools = [.. ((string[])["Search", "Lookup"]).Select(tool => AIFunctionFactory.Create((string input) => observations.Dequeue(), tool))];
        var told = new List<string>();
        using var client = new TurnScript((_, messages, options) =>
        {
            told.Add(messages[^1].Text);
            return new(ChatRole.Assistant, Reply(lines, messages[^1].Text, options!.StopSequences![0]));
        });
        var prompt = new StrategyPrompt { Instructions = "Solve it.", Examples = [], Label = label };
        IAgentStrategy strategy = thinks ? new ReActStrategy(prompt, 20) : new ActStrategy(prompt, 20);
        var run = await new Agent(client, strategy, new() { Tools = tools, Budget = new() { MaxSteps = 100, MaxObservation = 100_000 } }).RunAsync(question, TestContext.Current.CancellationToken);

        Assert.Equal(AgentStop.Answered, run.Stopped);
        Assert.All(told, text => Assert.StartsWith(Regex.Replace(text, @"(Thought|Action) \d+:$", ""), $"Solve it.\n{label}: {question}\n{string.Concat(lines.Select(l => $"{l.Kind} {l.Number}: {l.Text}\n"))}", StringComparison.Ordinal));
        return [.. Written(run.Steps)];
    }

    /// <summary>What the paper's model wrote behind this prompt, up to where it was told to stop.</summary>
    private static string Reply(List<Line> lines, string prompt, string stop)
    {
        var asked = PromptEnd().Match(prompt);
        var text = string.Join('\n', lines.SkipWhile(l => l.Kind != asked.Groups["kind"].Value || l.Number != int.Parse(asked.Groups["number"].Value, null)).Select((l, i) => i == 0 ? $" {l.Text}" : $"{l.Kind} {l.Number}: {l.Text}"));
        return text.Split(stop)[0];
    }

    private static IEnumerable<string> Written(IReadOnlyList<AgentStep> steps)
    {
        var number = 1;
        foreach (var step in steps)
        {
            switch (step)
            {
                case AgentStep.Thought thought:
                    yield return $"Thought {number}: {thought.Text}";
                    break;
                case AgentStep.ToolCall call:
                    yield return $"Action {number}: {call.Written}";
                    break;
                case AgentStep.Observation observation:
                    yield return $"Observation {number++}: {observation.Text}";
                    break;
                case AgentStep.Finish finish:
                    yield return $"Action {number}: Finish[{finish.Text}]";
                    break;
            }
        }
    }

    private static List<(string Question, List<Line> Lines)> Trajectories(string file, string name, string label)
    {
        var text = JsonDocument.Parse(File.ReadAllText(SharedData.Require($"qa-react-hotpot-fever/prompts/{file}"))).RootElement.GetProperty(name).GetString()!;
        return [.. Exemplars.Parse(text, label).Select(e => (e.Question, LineForm().Matches(e.Answer).Select(m => new Line(m.Groups["kind"].Value, int.Parse(m.Groups["number"].Value, null), OneLine(m.Groups["text"].Value))).ToList()))];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed record Line(string Kind, int Number, string Text);

    [GeneratedRegex(@"(?<kind>Thought|Action) (?<number>\d+):$")]
    private static partial Regex PromptEnd();

    [GeneratedRegex(@"^(?<kind>Thought|Action|Observation) (?<number>\d+): (?<text>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex LineForm();
}
