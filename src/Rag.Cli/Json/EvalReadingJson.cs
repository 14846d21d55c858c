using Rag.Evaluation.Answers;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval reading</c> prints; measures are 0 to 1, of the median and of 99 in 100 questions.</summary>
internal sealed record EvalReadingJson(int Questions, int Answerable, double ExactMatch, double F1, double CitedSentenceAccuracy, AbstentionJson Abstention, CitationCountJson Citations, double MsP50, double MsP99)
{
    /// <summary>Expected calibration error of the answers given; 0 is best.</summary>
    public double CalibrationError { get; init; }

    public static EvalReadingJson Of(ReadingEvaluation reading) => new(
        reading.Answers.Count,
        reading.Answers.Count(a => a.Question.Answers.Count > 0),
        reading.ExactMatch,
        reading.F1,
        reading.CitedSentenceAccuracy,
        AbstentionJson.Of(reading.Abstention),
        new(reading.Answers.Sum(a => a.ValidCitations), reading.Answers.Sum(a => a.Answer.Citations.Count)),
        reading.TimeAt(0.5).TotalMilliseconds,
        reading.TimeAt(0.99).TotalMilliseconds)
    {
        CalibrationError = reading.Calibration.Error,
    };
}

/// <summary>How well silence falls on the questions without an answer; <c>null</c> where there is nothing to measure.</summary>
internal sealed record AbstentionJson(double? Precision, double? Recall, double? F1, double? Auroc)
{
    public static AbstentionJson Of(Abstention abstention) => new(abstention.Precision, abstention.Recall, abstention.F1, abstention.Auroc);
}

/// <summary>Citations, and how many of them stand where they say.</summary>
internal sealed record CitationCountJson(int Valid, int Total);
