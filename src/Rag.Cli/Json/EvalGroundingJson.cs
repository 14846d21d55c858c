using Rag.Evaluation.Answers;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval grounding</c> prints; measures are 0 to 1.</summary>
internal sealed record EvalGroundingJson(int Questions, double CitationRecall, double CitationPrecision, double SentencePrecision, double SentenceRecall, double SentenceF1, AbstentionJson Abstention)
{
    /// <summary>After ALCE, means over the answers given; <c>null</c> where there is nothing to measure, as with all below.</summary>
    public double? AlceRecall { get; init; }

    public double? AlcePrecision { get; init; }

    public double? AlceF1 { get; init; }

    /// <summary>After RAGAS, against the first person's answer.</summary>
    public double? Groundedness { get; init; }

    public double? ContextPrecision { get; init; }

    public double? ContextRecall { get; init; }

    public double? AnswerRelevance { get; init; }

    /// <summary>Lower is better.</summary>
    public double? NoiseSensitivityRelevant { get; init; }

    /// <summary>Lower is better.</summary>
    public double? NoiseSensitivityIrrelevant { get; init; }

    public static EvalGroundingJson Of(GroundingEvaluation grounding) => new(
        grounding.Questions, grounding.CitationRecall, grounding.CitationPrecision, grounding.SentencePrecision, grounding.SentenceRecall, grounding.SentenceF1, AbstentionJson.Of(grounding.Abstention))
    {
        AlceRecall = grounding.Mean(a => a.Citations?.Recall),
        AlcePrecision = grounding.Mean(a => a.Citations?.Precision),
        AlceF1 = grounding.Mean(a => a.Citations?.F1),
        Groundedness = grounding.Mean(a => a.Support.Groundedness),
        ContextPrecision = grounding.Mean(a => a.Support.ContextPrecision),
        ContextRecall = grounding.Mean(a => a.Support.ContextRecall),
        AnswerRelevance = grounding.Mean(a => a.Relevance),
        NoiseSensitivityRelevant = grounding.Mean(a => a.Support.NoiseSensitivityRelevant),
        NoiseSensitivityIrrelevant = grounding.Mean(a => a.Support.NoiseSensitivityIrrelevant),
    };
}
