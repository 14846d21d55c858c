using Rag.Evaluation.Answers;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval grounding</c> prints; measures are 0 to 1.</summary>
internal sealed record EvalGroundingJson(int Questions, double CitationRecall, double CitationPrecision, double SentencePrecision, double SentenceRecall, double SentenceF1, AbstentionJson Abstention)
{
    public static EvalGroundingJson Of(GroundingEvaluation grounding) => new(
        grounding.Questions, grounding.CitationRecall, grounding.CitationPrecision, grounding.SentencePrecision, grounding.SentenceRecall, grounding.SentenceF1, AbstentionJson.Of(grounding.Abstention));
}
