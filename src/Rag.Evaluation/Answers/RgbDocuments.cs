namespace Rag.Evaluation.Answers;

/// <summary>Which documents RGB shows for a question. As the paper's code draws them, but for its shuffling: of each list the first ones.</summary>
public static class RgbDocuments
{
    /// <summary>Documents for each question, as in the paper.</summary>
    public const int Count = 5;

    /// <summary>Documents of which a share does not answer the question; for information that must be brought together, at least one of each group.</summary>
    /// <param name="question">The question.</param>
    /// <param name="noise">Share that does not answer, 0 to 1; rounded up to whole documents. Where one kind runs out the other fills up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in the range.</exception>
    public static IReadOnlyList<string> WithNoise(RgbQuestion question, double noise)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noise, 1);
        var negative = (int)Math.Ceiling((Count * noise) - 1e-9);
        if (noise == 1)
        {
            return [.. question.Negative.Take(Count)];
        }

        if (question.IsIntegration)
        {
            List<string> documents = [.. InTurn(question.Positive).Take(Math.Max(Count - negative, question.Positive.Count))];
            return [.. documents, .. question.Negative.Take(Count - documents.Count)];
        }

        var positive = question.Positive[0];
        negative = Math.Min(negative, question.Negative.Count);
        negative = Count - negative > positive.Count ? Count - positive.Count : negative;
        return [.. positive.Take(Count - negative), .. question.Negative.Take(negative)];
    }

    /// <summary>The first of each group, then the second of each, and so on.</summary>
    private static IEnumerable<string> InTurn(IReadOnlyList<IReadOnlyList<string>> groups) =>
        Enumerable.Range(0, groups.Max(g => g.Count)).SelectMany(i => groups.Where(g => i < g.Count).Select(g => g[i]));
}
