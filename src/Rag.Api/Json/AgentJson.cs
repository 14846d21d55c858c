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
