namespace Rag.Evaluation.Answers;

/// <summary>Whether answers are right as often as they claim: answers grouped by confidence, in ten groups of a tenth each, empty ones left out.</summary>
/// <param name="Groups">The groups, by confidence ascending.</param>
public sealed record Calibration(IReadOnlyList<ConfidenceGroup> Groups)
{
    private const int Count = 10;

    /// <summary>Mean distance between confidence and share of right answers, groups weighing their answers (expected calibration error; Naeini et al., AAAI 2015); 0 is best.</summary>
    public double Error => Groups.Sum(g => g.Answers * Math.Abs(g.Confidence - g.Right)) / Math.Max(1, Groups.Sum(g => g.Answers));

    /// <summary>Groups answers.</summary>
    /// <param name="answers">The confidence of each, 0 to 1, and whether it is right; a question without an answer has no right one.</param>
    public static Calibration Of(IEnumerable<(double Confidence, bool IsRight)> answers) => new(
        [.. answers.GroupBy(a => Math.Min((int)(a.Confidence * Count), Count - 1)).OrderBy(g => g.Key).Select(g => new ConfidenceGroup(g.Count(), g.Average(a => a.Confidence), g.Average(a => a.IsRight ? 1.0 : 0)))]);
}

/// <summary>Answers of about the same confidence.</summary>
/// <param name="Answers">How many.</param>
/// <param name="Confidence">Their mean confidence, 0 to 1.</param>
/// <param name="Right">Share of them that is right, 0 to 1.</param>
public sealed record ConfidenceGroup(int Answers, double Confidence, double Right);
