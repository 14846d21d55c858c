namespace Rag.Evaluation.Answers;

/// <summary>How well silence falls on the questions that have no answer.</summary>
/// <param name="Precision">Share of the questions left unanswered that have no answer; <see langword="null"/> where none was left unanswered.</param>
/// <param name="Recall">Share of the questions without an answer that were left unanswered; <see langword="null"/> where each has one.</param>
/// <param name="F1">Harmonic mean of the two; <see langword="null"/> where one of them is.</param>
/// <param name="Auroc">
/// How probable it is that confidence is higher for a question with an answer than for one without, both drawn at random, ties counted half (the area under the
/// ROC curve; Hanley and McNeil, 1982); .5 is chance. <see langword="null"/> where there is no question of one of the two kinds.
/// </param>
public sealed record Abstention(double? Precision, double? Recall, double? F1, double? Auroc)
{
    /// <summary>The measures of some questions.</summary>
    public static Abstention Of(IReadOnlyCollection<JudgedSilence> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var (unanswerable, silent) = (questions.Count(q => !q.Answerable), questions.Count(q => q.Abstained));
        var right = questions.Count(q => q.Abstained && !q.Answerable);
        var (precision, recall) = (Share(right, silent), Share(right, unanswerable));
        return new(precision, recall, precision + recall is { } sum ? (sum == 0 ? 0 : 2 * precision * recall / sum) : null, Area(questions));
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    // Mann and Whitney's U from the sum of ranks, tied ones sharing the mean of theirs.
    private static double? Area(IReadOnlyCollection<JudgedSilence> questions)
    {
        var answerable = questions.Count(q => q.Answerable);
        var pairs = (double)answerable * (questions.Count - answerable);
        var (below, ranks) = (0, 0.0);
        foreach (var tied in questions.GroupBy(q => q.Confidence).OrderBy(g => g.Key))
        {
            var count = tied.Count();
            ranks += tied.Count(q => q.Answerable) * (below + ((count + 1) / 2.0));
            below += count;
        }

        return pairs == 0 ? null : (ranks - (answerable * (answerable + 1) / 2.0)) / pairs;
    }
}

/// <summary>Whether a question could be answered, and whether it was.</summary>
/// <param name="Answerable">Whether it has an answer.</param>
/// <param name="Abstained">Whether it was left unanswered.</param>
/// <param name="Confidence">How sure the answer is; also of one that was left out. Higher is surer.</param>
public sealed record JudgedSilence(bool Answerable, bool Abstained, double Confidence)
{
    /// <summary>What an answer amounts to. Where its generator says nothing of its confidence: 0 for none, else the mean support of its sentences.</summary>
    public static JudgedSilence Of(bool answerable, Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(answerable, answer.Abstained, answer.Confidence ?? (answer.Abstained ? 0 : answer.Sentences.Average(s => s.Support)));
    }
}
