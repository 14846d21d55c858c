namespace Rag.Ratings;

/// <summary>What every store of ratings asks of a rating.</summary>
internal static class RatingRules
{
    /// <summary>Throws unless each citation and conflict points to a passage of the answer.</summary>
    public static void Check(Rating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        ArgumentNullException.ThrowIfNull(rating.Answer);
        var answer = rating.Answer;
        foreach (var number in answer.Citations.Select(c => c.Number).Concat(answer.Conflicts.Select(c => c.Number)))
        {
            if (!answer.Passages.Any(p => p.Number == number))
            {
                throw new ArgumentException($"The answer cites passage {number} and was not given it. Rate the answer with the passages that it was written from.", nameof(rating));
            }
        }
    }
}
