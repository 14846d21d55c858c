using Rag.Agents.Replay;

namespace Rag.Agents.Tests.Replay;

public sealed class RunDiffTests
{
    private static readonly AgentRun Run = new("When?", "react",
    [
        new AgentStep.Thought("I look."),
        new AgentStep.ToolCall("search", new Dictionary<string, object?> { ["input"] = "ferry", ["top"] = 3 }),
        new AgentStep.Observation("search", "Nothing."),
        new AgentStep.Answered(new Answer("When?", "At noon.") { Usage = new(10, 5) }) { At = TimeSpan.FromSeconds(3) },
    ]);

    [Fact]
    public void Times_and_tokens_make_no_difference()
    {
        var other = Run with { Steps = [Run.Steps[0] with { At = TimeSpan.FromSeconds(9) }, .. Run.Steps.Skip(1).Take(2), new AgentStep.Answered(new Answer("When?", "At noon.") { Usage = new(7, 7) })] };

        var diff = RunDiff.Of(Run, other);

        Assert.True(diff.IsEmpty);
        Assert.Equal("The runs are the same: 4 steps.", diff.ToString());
    }

    [Fact]
    public void Text_argument_kind_and_length_are_told_with_both_sides()
    {
        Assert.Equal((0, "text", "I look.", "I see."), Tell(new AgentStep.Thought("I see."), 0));
        Assert.Equal((1, "arguments.input", "ferry", "bus"), Tell(new AgentStep.ToolCall("search", new Dictionary<string, object?> { ["top"] = 3, ["input"] = "bus" }), 1));
        Assert.Equal((1, "arguments.top", "3", null), Tell(new AgentStep.ToolCall("search", new Dictionary<string, object?> { ["input"] = "ferry" }), 1));
        Assert.Equal((2, "kind", "observation", "error"), Tell(new AgentStep.Error("Nothing."), 2));
        Assert.Equal((3, "value.text", "At noon.", "At one."), Tell(new AgentStep.Answered(new Answer("When?", "At one.")), 3));
        Assert.Equal((2, "kind", "observation", null), Tell(RunDiff.Of(Run, Run with { Steps = [.. Run.Steps.Take(2)] })));
    }

    [Fact]
    public void Text_form_shows_where_the_words_part()
    {
        var same = string.Concat(Enumerable.Repeat("the same words ", 50));
        var diff = RunDiff.Of(Run with { Steps = [new AgentStep.Thought($"{same}before")] }, Run with { Steps = [new AgentStep.Thought($"{same}after")] });

        Assert.StartsWith("The first 0 steps are the same. Step 1 differs in text: it was '...", diff.ToString(), StringComparison.Ordinal);
        Assert.Contains("words before' and is now '...", diff.ToString(), StringComparison.Ordinal);
        Assert.Contains("words after'\n- {\"kind\":\"thought\"", diff.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static (int, string, string?, string?) Tell(AgentStep step, int at) => Tell(RunDiff.Of(Run, Run with { Steps = [.. Run.Steps.Select((s, i) => i == at ? step : s)] }));

    private static (int, string, string?, string?) Tell(RunDiff diff) => (diff.EqualSteps, diff.First!.Path, diff.First.Before, diff.First.After);
}
