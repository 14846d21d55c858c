namespace Rag.Generation.Extractive;

/// <summary>What each piece of evidence is worth: all numbers of the extractive answers that were fitted.</summary>
/// <remarks>
/// The score is a listwise softmax (Cao et al., "Learning to rank", ICML 2007): its exponential is proportional to the probability that a unit answers. Fitted by
/// Newton's method with a ridge on the answerable questions of SQuAD 2.0 (each paragraph alone, and every second question over all paragraphs), CLAPNQ, WikiQA and TrecQA,
/// after the terms that <see cref="UnitScorer"/> adds by hand. Confidence is a logistic regression of whether the best unit answers, on SQuAD 2.0 and CLAPNQ with and
/// without answers, the latter weighing twenty times. docs/results/answers.md has the figures cross-validated by article.
/// </remarks>
internal static class AnswerModel
{
    /// <summary>Higher is better; compares only within one question.</summary>
    public static double Score(Evidence e) =>
        (0.47 * e.Weight) + (3.00 * e.Count) + (0.87 * e.Exact)
        + (2.22 * e.Previous) + (1.30 * e.Refers) + (1.11 * e.Topic)
        + (0.39 * e.Phrase) + (1.27 * e.Order) + (2.88 * e.Close) + (1.27 * e.CloseToForm)
        + (1.54 * e.Number) + (1.10 * e.Time) + (0.32 * e.Place) + (0.47 * e.Reason)
        + (1.28 * e.Counts) + (2.20 * e.Measures) + (0.84 * e.Person) + (1.60 * e.BothDeny)
        + (1.17 * e.Retrieved) + (0.67 * e.FirstPassage) + (0.45 * e.PassagePhrases) + (0.36 * e.Early)
        + (2.69 * e.Kind) - (1.34 * e.NamesMissing) - (1.09 * e.NamesHeld);

    /// <summary>How probable it is that the best unit answers, 0 to 1.</summary>
    public static double Confidence(Doubt d) => 1 / (1 + Math.Exp(-(
        -2.52 + (0.61 * d.Lead) + (2.37 * d.Coverage) + (0.77 * d.Around)
        - (1.33 * d.NamesMissing) - (1.36 * d.Opposite) - (2.97 * d.DeniesAlone) - (0.47 * d.FormMissing))));
}
