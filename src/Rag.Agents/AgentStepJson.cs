using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>A step as programs read it: <c>{kind, thought?, action?, input?, observation?, text?}</c>. Immutable.</summary>
/// <param name="Kind"><c>thought</c>, <c>tool_call</c>, <c>observation</c>, <c>plan</c>, <c>error</c>, <c>out_of_budget</c>, <c>finish</c> or <c>answer</c>.</param>
public sealed record AgentStepJson(string Kind)
{
    /// <summary>What the model thought; only of a thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Thought { get; init; }

    /// <summary>The tool; of a call and of what came of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>The arguments by parameter name, an object; only of a call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>What the model was shown; only of an observation. Text from outside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Observation { get; init; }

    /// <summary>The words of every other kind; of a call its own words where it was written as text, of a plan its items, one a line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The form of a step.</summary>
    public static AgentStepJson Of(AgentStep step) => step switch
    {
        AgentStep.Thought thought => new("thought") { Thought = thought.Text },
        AgentStep.ToolCall call => new("tool_call") { Action = call.Tool, Input = JsonSerializer.SerializeToElement(call.Arguments.ToDictionary(), AIJsonUtilities.DefaultOptions.Of<IDictionary<string, object?>>()), Text = call.Written },
        AgentStep.Observation observation => new("observation") { Action = observation.Tool, Observation = observation.Text },
        AgentStep.Plan plan => new("plan") { Text = string.Join('\n', plan.Items) },
        AgentStep.Error error => new("error") { Text = error.Message },
        AgentStep.OutOfBudget end => new("out_of_budget") { Text = end.Message },
        AgentStep.Finish finish => new("finish") { Text = finish.Text },
        AgentStep.Answered answered => new("answer") { Text = answered.Value.Text },
        null => throw new ArgumentNullException(nameof(step)),
        _ => throw new NotSupportedException($"A step of the kind {step.GetType().Name} has no form in JSON."),
    };
}
