using Rag.Evaluation.Agents;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval agents</c> prints.</summary>
internal sealed record EvalAgentsJson(int Questions, IReadOnlyList<StrategyJson> Strategies)
{
    public static EvalAgentsJson Of(int questions, IEnumerable<AgentEvaluation> rows) =>
        new(questions, [.. rows.Select(r => new StrategyJson(r.Name, r.ExactMatch, r.F1, r.Accuracy, r.Finished, r.MeanCalls, r.MeanSteps, r.MeanTokens))]);
}

/// <summary>One strategy: shares from 0 to 1, and means for a question.</summary>
internal sealed record StrategyJson(string Name, double ExactMatch, double F1, double Accuracy, double Finished, double MeanCalls, double MeanSteps, double MeanTokens);
