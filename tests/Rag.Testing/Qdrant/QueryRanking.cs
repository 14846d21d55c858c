namespace Rag.Testing.Qdrant;

/// <summary>The order of hits.</summary>
internal static class QueryRanking
{
    /// <summary>The nearest first. The server promises no order of equal scores; here the higher id comes first, so that a caller who counts on ascending ids is found out.</summary>
    public static List<Hit> Best(IEnumerable<Hit> hits, bool lowerIsNearer) =>
        [.. (lowerIsNearer ? hits.OrderBy(h => h.Score) : hits.OrderByDescending(h => h.Score)).ThenByDescending(h => h.Point.Id)];

    /// <summary>
    /// Maximal marginal relevance (Carbonell and Goldstein, 1998) over candidates: the most similar to the query first, then again and again the one with the
    /// highest <c>(1 - diversity) * similarity to the query - diversity * highest similarity to those chosen</c>. Scores stay those of the search.
    /// </summary>
    public static List<Hit> Diverse(IReadOnlyList<Hit> candidates, Func<Hit, float> relevance, Func<Hit, Hit, float> similarity, float diversity, int limit)
    {
        var (chosen, left) = (new List<Hit>(), candidates.ToList());
        while (chosen.Count < limit && left.Count > 0)
        {
            var next = left.MaxBy(c => chosen.Count == 0 ? relevance(c) : ((1 - diversity) * relevance(c)) - (diversity * chosen.Max(s => similarity(c, s))))!;
            left.Remove(next);
            chosen.Add(next);
        }

        return chosen;
    }
}
