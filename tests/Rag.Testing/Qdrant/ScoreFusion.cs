namespace Rag.Testing.Qdrant;

/// <summary>A point and how near it is.</summary>
internal sealed record Hit(StoredPoint Point, float Score);

/// <summary>Several ranked lists as one.</summary>
internal static class ScoreFusion
{
    public const int DefaultK = 2;

    /// <summary>
    /// Reciprocal rank fusion as the server computes it: a list's <c>r</c>-th hit, from zero, adds <c>1 / ((r + 1) / w + k - 1)</c>,
    /// which is <c>1 / (k + r)</c> where the list's weight <c>w</c> is one. A weight stretches ranks; it does not multiply.
    /// </summary>
    public static List<Hit> ReciprocalRank(IReadOnlyList<List<Hit>> lists, int k, IReadOnlyList<float>? weights)
    {
        if (weights is not null && weights.Count != lists.Count)
        {
            throw QdrantRefusalException.Input($"Number of weights in RRF should match number of pre-fetches: got {weights.Count}, expected {lists.Count}");
        }

        return Sum(lists.Select((list, i) => list.Select((hit, rank) => hit with { Score = Share(rank, k, weights?[i] ?? 1) })));
    }

    /// <summary>Each list's scores between the mean less and plus three standard deviations of the sample, summed. A list of one, or of equal scores, gives 0.5 each.</summary>
    public static List<Hit> Distribution(IReadOnlyList<List<Hit>> lists) => Sum(lists.Select(Normalised));

    private static float Share(int rank, int k, float weight) => weight <= 0 ? 0 : 1 / (((rank + 1) / weight) + k - 1);

    private static IEnumerable<Hit> Normalised(List<Hit> list)
    {
        if (list.Count < 2)
        {
            return list.Select(h => h with { Score = 0.5f });
        }

        var mean = list.Average(h => (double)h.Score);
        var deviation = Math.Sqrt(list.Sum(h => (h.Score - mean) * (h.Score - mean)) / (list.Count - 1));
        return list.Select(h => h with { Score = deviation == 0 ? 0.5f : (float)((h.Score - mean + (3 * deviation)) / (6 * deviation)) });
    }

    private static List<Hit> Sum(IEnumerable<IEnumerable<Hit>> lists) =>
        QueryRanking.Best(lists.SelectMany(l => l).GroupBy(h => h.Point.Id).Select(g => g.First() with { Score = g.Aggregate(0f, (sum, h) => sum + h.Score) }), lowerIsNearer: false);
}
