using Rag.Evaluation.Advice;

namespace Rag.Cli.Json;

/// <summary>What <c>rag advise</c> prints.</summary>
internal sealed record AdviceJson(
    string Advice, int Documents, long Tokens, double? Churn, double RetrievalMs, int Window, decimal RetrievalCost, decimal WholeCost, int Examples, IEnumerable<ReasonJson> Reasons)
{
    public static AdviceJson Of(Situation s, Advice advice) => new(
        NameOf(advice.Approach), s.Documents, s.Tokens, s.Churn, s.RetrievalMs, s.Window, s.RetrievalCost, s.WholeCost, s.Examples, advice.Reasons.Select(r => new ReasonJson(r.Figure, r.Consequence)));

    public static string NameOf(Approach approach) => approach switch
    {
        Approach.Retrieve => "retrieve",
        Approach.Prompt => "prompt",
        Approach.RetrieveAndTune => "retrieve-and-tune",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>A figure and what follows from it.</summary>
internal sealed record ReasonJson(string Figure, string Consequence);
