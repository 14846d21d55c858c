namespace Rag.Retrieval;

/// <summary>Makes one list of several: each list's scores are brought to one scale, weighted and added for each chunk. Pure functions.</summary>
/// <remarks>
/// <para>
/// Lists come best first, as retrievers give them; a chunk that stands in a list twice counts where it stands first. The result holds every chunk of a list
/// of a weight above 0, once, best first, ties by chunk id (ordinal). The order of the lists does not matter, and a single list keeps its order.
/// </para>
/// <para>
/// What a list does not hold gets the least that its scale can say of a chunk, so being found never hurts.
/// Where a hit has <see cref="ScoredChunk.Terms"/>, they are scaled to its share, so that they still add up to the score.
/// </para>
/// </remarks>
public static class RankFusion
{
    /// <summary>The constant of <see cref="ReciprocalRank"/> in Cormack et al., 2009: it "mitigates the impact of high rankings by outlier systems".</summary>
    public const double RankConstant = 60;

    // The passages that adaptive fusion compares the best one with.
    private const int Runner = 10;
    private const int Anchor = 100;

    /// <summary>Reciprocal rank fusion: each list adds <c>weight / (constant + rank)</c>, rank from 1; what it does not hold gets nothing from it.</summary>
    /// <remarks>Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009. Needs no comparable scores, and knows nothing of how far apart they are.</remarks>
    /// <param name="lists">Results to fuse, each best first.</param>
    /// <param name="weights">One for each list, 0 or more, at least one above 0. Default 1 each.</param>
    /// <param name="constant">Above 0; higher makes the first ranks less special.</param>
    /// <exception cref="ArgumentException">Weights do not fit the lists, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="constant"/> is not above 0.</exception>
    public static IReadOnlyList<ScoredChunk> ReciprocalRank(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists, IReadOnlyList<double>? weights = null, double constant = RankConstant)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(constant);
        return Fuse(lists, weights, scores => [.. scores.Select((_, i) => 1 / (constant + i + 1))]);
    }

    /// <summary>Min-max fusion: <c>(score - least) / (greatest - least)</c> in each list, so 0 to 1; 1 where all scores of a list are equal.</summary>
    /// <remarks>Lee, "Analyses of multiple evidence combination", SIGIR 1997; added up (CombSUM) after Fox and Shaw, 1994.</remarks>
    /// <inheritdoc cref="ReciprocalRank" path="/param[@name='lists' or @name='weights']"/>
    /// <inheritdoc cref="ReciprocalRank" path="/exception[1]"/>
    public static IReadOnlyList<ScoredChunk> MinMax(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists, IReadOnlyList<double>? weights = null) => Fuse(lists, weights, scores =>
    {
        var (least, greatest) = (scores.Min(), scores.Max());
        return [.. scores.Select(s => greatest > least ? (s - least) / (greatest - least) : 1)];
    });

    /// <summary>Z-score fusion: <c>(score - mean) / standard deviation</c> in each list; 0 where all scores of a list are equal.</summary>
    /// <remarks>Montague and Aslam, "Relevance score normalization for metasearch", CIKM 2001 (zero mean, unit variance). What a list does not hold gets the list's lowest.</remarks>
    /// <inheritdoc cref="ReciprocalRank" path="/param[@name='lists' or @name='weights']"/>
    /// <inheritdoc cref="ReciprocalRank" path="/exception[1]"/>
    public static IReadOnlyList<ScoredChunk> ZScore(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists, IReadOnlyList<double>? weights = null) => Fuse(lists, weights, ZScores);

    /// <summary>Distribution-based score fusion (DBSF): each list's mean less three standard deviations becomes 0, its mean plus three 1; 0.5 where all scores of a list are equal.</summary>
    /// <remarks>
    /// Mazzeschi, "Distribution-based score fusion (DBSF), a new approach to vector search ranking", 2023. With the standard deviation of the list itself (divided by n),
    /// and not cut off at 0 and 1, so that outliers keep their order.
    /// </remarks>
    /// <inheritdoc cref="ReciprocalRank" path="/param[@name='lists' or @name='weights']"/>
    /// <inheritdoc cref="ReciprocalRank" path="/exception[1]"/>
    public static IReadOnlyList<ScoredChunk> Distribution(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists, IReadOnlyList<double>? weights = null) =>
        Fuse(lists, weights, scores => [.. ZScores(scores).Select(z => (z / 6) + 0.5)]);

    /// <summary>Fusion of a search by words and one by vectors that trusts the vectors as far as their best passage stands out, query by query.</summary>
    /// <remarks>
    /// Scores of each list are brought to 0 for its hundredth passage, or its last, and 1 for its first, and added: vectors with the weight <c>0.7 * min(1, 0.2 + 0.8 * gap / 0.3)</c>, words with the rest.
    /// The gap is by how much the best cosine exceeds the tenth, as a share of what the hundredth leaves to 1: where a model knows what is asked for, one passage stands out; where it does not, all are about as near.
    /// Our own measure; what it gains over equal weights: docs/results/retrieval.md.
    /// </remarks>
    /// <param name="lists">Two: what words find, then what vectors find, with cosines as scores; each best first.</param>
    /// <exception cref="ArgumentException">There are not two lists, or a score is not finite.</exception>
    public static IReadOnlyList<ScoredChunk> Adaptive(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        if (lists is not [_, var vectors])
        {
            throw new ArgumentException($"There are {lists.Count} lists; adaptive fusion takes two, what words find and what vectors find.", nameof(lists));
        }

        var weight = VectorWeight(vectors);
        return Fuse(lists, [1 - weight, weight], scores =>
        {
            var (least, greatest) = (scores[Math.Min(scores.Length, Anchor) - 1], scores[0]);
            return [.. scores.Select(s => greatest > least ? (s - least) / (greatest - least) : 1)];
        });
    }

    private static double VectorWeight(IReadOnlyList<ScoredChunk> vectors)
    {
        if (vectors.Count <= Runner)
        {
            return 0.5; // too few to tell
        }

        var headroom = 1 - vectors[Math.Min(vectors.Count, Anchor) - 1].Score;
        var gap = headroom > 0 ? (vectors[0].Score - vectors[Runner - 1].Score) / headroom : 0;
        return 0.7 * Math.Clamp(0.2 + (0.8 * gap / 0.3), 0, 1);
    }

    private static double[] ZScores(double[] scores)
    {
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)));
        var differ = scores.Max() > scores.Min() && deviation > 0; // asked of the scores, as a mean of equal ones may be rounded
        return [.. scores.Select(s => differ ? (s - mean) / deviation : 0)];
    }

    private static IReadOnlyList<ScoredChunk> Fuse(IReadOnlyList<IReadOnlyList<ScoredChunk>> lists, IReadOnlyList<double>? weights, Func<double[], double[]> scale)
    {
        ArgumentNullException.ThrowIfNull(lists);
        if (weights is not null && (weights.Count != lists.Count || weights.Any(w => !double.IsFinite(w) || w < 0) || weights.All(w => w == 0)))
        {
            throw new ArgumentException($"The weights [{string.Join(", ", weights)}] do not fit {lists.Count} lists; give one for each, none below 0, one above 0.", nameof(weights));
        }

        var weighted = lists.Select((list, i) => (List: list, Weight: weights?[i] ?? 1)).Where(l => l.Weight > 0 && l.List.Count > 0).Select(l => new RankedList(l.List, l.Weight, scale)).ToArray();
        return [.. weighted
            .SelectMany(list => list.Hits)
            .DistinctBy(hit => hit.Chunk.Id)
            .Select(hit => Fuse(hit.Chunk, weighted))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Chunk.Id, StringComparer.Ordinal)];
    }

    // Shares are added from the least on, as the order of additions changes their rounding.
    private static ScoredChunk Fuse(Chunk chunk, RankedList[] lists) => new(chunk, lists.Select(list => list.Share(chunk.Id)).Order().Sum())
    {
        Terms = lists.Any(list => list.IsExplained) ? [.. lists.SelectMany(list => list.Explain(chunk.Id))] : [],
    };
}
