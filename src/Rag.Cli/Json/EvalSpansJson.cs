using Rag.Evaluation.Spans;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval spans</c> prints: means over the questions, 0 to 1, counted in characters.</summary>
/// <param name="Questions">Questions asked.</param>
/// <param name="Recall">Of the first passages.</param>
/// <param name="Precision">Of the first passages.</param>
/// <param name="Iou">Of the first passages.</param>
/// <param name="Top">How many passages those are.</param>
/// <param name="Chunks">Passages that were searched.</param>
/// <param name="Needed">The same of as many passages as hold or touch the answer.</param>
internal sealed record EvalSpansJson(int Questions, double Recall, double Precision, double Iou, int Top, int Chunks, SpanMeansJson Needed);

/// <summary>Means over the questions.</summary>
internal sealed record SpanMeansJson(double Recall, double Precision, double Iou)
{
    /// <summary>The means of an evaluation.</summary>
    public static SpanMeansJson Of(SpanEvaluation evaluation) => new(evaluation.Recall, evaluation.Precision, evaluation.IntersectionOverUnion);
}
