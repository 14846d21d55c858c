using Rag.Agents;

namespace Rag.Api.Json;

/// <summary>What <c>rag agent</c> prints.</summary>
internal sealed record AgentJson(string Answer, bool Abstained, string? Reason, double? Confidence, string Strategy, IEnumerable<AgentStepJson> Steps, IEnumerable<CitationJson> Citations, int Calls, UsageJson Usage, string Stopped)
{
    public static AgentJson Of(AgentRun run) => new(
        run.Answer.Text,
        run.Answer.Abstained,
        run.Answer.Reason,
        run.Answer.Confidence,
        run.Strategy,
        run.Steps.Select(AgentStepJson.Of),
        run.Answer.Citations.Select(CitationJson.Of),
        run.Calls,
        new(run.Answer.Usage.PromptTokens, run.Answer.Usage.CompletionTokens),
        run.Stopped.ToString().ToLowerInvariant());
}

/// <summary>One step of a run; of the fields after <c>atMs</c> those that its kind has.</summary>
internal sealed record AgentStepJson(string Kind, double AtMs, string? Thought = null, string? Action = null, string? Input = null, string? Observation = null, string? Text = null)
{
    public static AgentStepJson Of(AgentStep step)
    {
        var at = step.At.TotalMilliseconds;
        return step switch
        {
            AgentStep.Thought thought => new("thought", at, Thought: thought.Text, Text: thought.Proposes),
            AgentStep.ToolCall call => new("tool_call", at, Action: call.Tool, Input: call.Written is { } written && written.IndexOf('[', StringComparison.Ordinal) is var open and >= 0 ? written[(open + 1)..^1] : string.Join(", ", call.Arguments.Select(a => $"{a.Key}: {a.Value}"))),
            AgentStep.Observation observation => new("observation", at, Action: observation.Tool, Observation: observation.Text),
            AgentStep.Plan plan => new("plan", at, Text: string.Join('\n', plan.Items)),
            AgentStep.Error error => new("error", at, Text: error.Message),
            AgentStep.OutOfBudget end => new("out_of_budget", at, Text: end.Message),
            AgentStep.Finish finish => new("finish", at, Text: finish.Text),
            AgentStep.Answered answered => new("answer", at, Text: answered.Value.Text),
            _ => throw new NotSupportedException($"A step of the kind {step.GetType().Name} has no form in JSON."),
        };
    }
}
