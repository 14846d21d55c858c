using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Replay;

namespace Rag.Agents.Tests;

public sealed class AgentStepJsonTests
{
    private static readonly JsonSerializerOptions CamelCase = new(AIJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = false };

    private static readonly AgentStep[] Steps =
    [
        new AgentStep.Thought("hm"),
        new AgentStep.ToolCall("search", new Dictionary<string, object?> { ["input"] = "ferry", ["top"] = 3 }) { Written = "search[ferry]" },
        new AgentStep.Observation("search", "Noon."),
        new AgentStep.Plan(["look", "say"]),
        new AgentStep.Error("No."),
        new AgentStep.OutOfBudget(AgentStop.Steps, "Spent."),
        new AgentStep.Finish("noon"),
        new AgentStep.Answered(new Answer("When?", "At noon.")),
    ];

    [Fact]
    public void Step_is_written_with_what_its_kind_has() => Assert.Equal(
        [
            """{"kind":"thought","thought":"hm"}""",
            """{"kind":"tool_call","action":"search","input":{"input":"ferry","top":3},"text":"search[ferry]"}""",
            """{"kind":"observation","action":"search","observation":"Noon."}""",
            """{"kind":"plan","text":"look\nsay"}""",
            """{"kind":"error","text":"No."}""",
            """{"kind":"out_of_budget","text":"Spent."}""",
            """{"kind":"finish","text":"noon"}""",
            """{"kind":"answer","text":"At noon."}""",
        ],
        Steps.Select(step => JsonSerializer.Serialize(AgentStepJson.Of(step), CamelCase)));

    [Fact]
    public void Kinds_are_those_of_records() =>
        Assert.All(Steps, step => Assert.Equal(AgentStepJson.Of(step).Kind, JsonSerializer.SerializeToElement(step, RecordJson.Options).GetProperty("kind").GetString()));
}
