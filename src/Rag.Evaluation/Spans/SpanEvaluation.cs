using Rag.Retrieval;

namespace Rag.Evaluation.Spans;

/// <summary>Scores of each question and their means.</summary>
/// <param name="Scores">One for each question, in order.</param>
public sealed record SpanEvaluation(IReadOnlyList<SpanScore> Scores)
{
    /// <summary>Mean recall; 0 without questions.</summary>
    public double Recall => Scores.Select(s => s.Recall).DefaultIfEmpty().Average();

    /// <summary>Mean precision; 0 without questions.</summary>
    public double Precision => Scores.Select(s => s.Precision).DefaultIfEmpty().Average();

    /// <summary>Mean intersection over union; 0 without questions.</summary>
    public double IntersectionOverUnion => Scores.Select(s => s.IntersectionOverUnion).DefaultIfEmpty().Average();

    /// <summary>Asks every question and scores a fixed number of passages.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="retriever">Finds passages.</param>
    /// <param name="top">Passages for each question, at least 1. Chroma's code takes 5 where nothing else is said.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    public static Task<SpanEvaluation> OfTopAsync(IReadOnlyList<SpanQuestion> questions, IRetriever retriever, int top, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return OfAsync(questions, retriever, _ => top, cancellationToken);
    }

    /// <summary>Asks every question and scores as many passages as hold or touch its answer (<see cref="SpanScore.Needed"/>), at least 1: a perfect search would then miss nothing.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="retriever">Finds passages.</param>
    /// <param name="all">All passages that it searches.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static Task<SpanEvaluation> OfNeededAsync(IReadOnlyList<SpanQuestion> questions, IRetriever retriever, IReadOnlyCollection<Chunk> all, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(all);
        return OfAsync(questions, retriever, q => Math.Max(1, SpanScore.Needed(q, all)), cancellationToken);
    }

    private static async Task<SpanEvaluation> OfAsync(IReadOnlyList<SpanQuestion> questions, IRetriever retriever, Func<SpanQuestion, int> top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(retriever);
        List<SpanScore> scores = new(questions.Count);
        foreach (var question in questions)
        {
            var found = await retriever.RetrieveAsync(new(question.Text), top(question), cancellationToken);
            scores.Add(SpanScore.Of(question, [.. found.Select(f => f.Chunk)]));
        }

        return new(scores);
    }
}
