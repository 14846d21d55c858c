using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>A step as programs read it: <c>{kind, thought?, action?, input?, observation?, text?}</c>. Immutable.</summary>
/// <param name="Kind">Which kind of step it is.</param>
public sealed record AgentStepJson([Description("Which kind of step it is: thought, tool_call, observation, plan, error, out_of_budget, finish or answer.")] string Kind)
{
    /// <summary>What the model thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What the model thought; only of a thought.")]
    public string? Thought { get; init; }

    /// <summary>The tool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The tool; of a call and of what came of it.")]
    public string? Action { get; init; }

    /// <summary>The arguments of a call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The arguments by parameter name, an object; only of a call.")]
    public JsonElement? Input { get; init; }

    /// <summary>What the model was shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What the model was shown; only of an observation. It is text from outside.")]
    public string? Observation { get; init; }

    /// <summary>The words of other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The words of every other kind; of a call its own words where it was written as text, of a plan its items, one a line.")]
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
