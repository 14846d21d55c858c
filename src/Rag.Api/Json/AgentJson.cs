using Rag.Agents;

namespace Rag.Api.Json;

/// <summary>What <c>rag agent</c> prints.</summary>
internal sealed record AgentJson(
    [Description("The answer with its marks.")] string Answer,
    [Description("Whether the agent gave no answer.")] bool Abstained,
    [Description("Why it abstains; null where it does not.")] string? Reason,
    [Description("How sure it is, 0 to 1; null where that is not known.")] double? Confidence,
    [Description("The name of the strategy that it reasoned by.")] string Strategy,
    [Description("What it thought, did and saw, in the order of time.")] IEnumerable<AgentStepJson> Steps,
    [Description("The checked marks, in the order of the text.")] IEnumerable<CitationJson> Citations,
    [Description("How often a language model was asked.")] int Calls,
    [Description("The tokens that the language model read and wrote.")] UsageJson Usage,
    [Description("Why it stopped: answered, gaveup, or the limit that it reached, such as steps or tokens.")] string Stopped)
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
