namespace Rag.Indexing.Feedback;

/// <summary>Axiomatic semantic matching: the words that go with the words of the query, by their mutual information in the best passages and others drawn at random.</summary>
/// <remarks>
/// A term's weight is the sum over the query's terms of <c>idf * beta * I(term, query term) / I(query term, query term)</c>, for a query term itself its <c>idf</c>; the heaviest terms are
/// the new query (Fang and Zhai, "Semantic Term Matching in Axiomatic Approaches to Information Retrieval", 2006). Constants, arithmetic and the choice of terms (<c>[a-z]{2,}</c>) are
/// Anserini's: 20 passages, 30 times as many in all, beta 0.4, 20 terms, seed 42, at most 1000 terms for each of the query; other scripts learn nothing.
/// The draw reads the list of all documents, so this is for collections of thousands rather than millions.
/// </remarks>
public sealed record AxiomaticFeedback : IFeedback
{
    private const int Passages = 20;
    private const int Pool = 30 * Passages;
    private const float Beta = 0.4f;
    private const int Terms = 20;
    private const int MostForOne = 1000;
    private const double Least = 1e-8;

    /// <summary>Begins the draw. Default 42.</summary>
    public long Seed { get; init; } = 42;

    /// <inheritdoc/>
    public TermVector Expand(TermVector query, FeedbackEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(evidence);
        var (places, count) = Places(evidence.BestAndRandom(Passages, Pool, Seed));
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (term, occurrences) in query.Where(places.ContainsKey))
        {
            // Anserini divides whole numbers before it takes the logarithm.
            var idf = (float)Math.Log((1 + evidence.Passages) / evidence.PassagesWith(term));
            var own = MutualInformation(places[term], places[term], count);
            var scores = places.Select(p => (Term: p.Key, Score: p.Key == term ? idf * occurrences : idf * Beta * occurrences * MutualInformation(places[term], p.Value, count) / own));
            foreach (var (other, score) in scores.Where(s => s.Score > Least).OrderByDescending(s => s.Score).ThenBy(s => s.Term, StringComparer.Ordinal).Take(MostForOne))
            {
                sums[other] = sums.GetValueOrDefault(other) + score;
            }
        }

        var heaviest = sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(Terms).ToList();
        return heaviest.Count == 0 ? query : new(heaviest.Select(s => KeyValuePair.Create(s.Key, (float)(s.Value / query.Sum))));
    }

    /// <summary>For each term the numbers of the passages that hold it, ascending, and how many passages hold any.</summary>
    private static (Dictionary<string, List<int>> Places, int Count) Places(IReadOnlyList<FeedbackPassage> pool)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var count = 0;
        foreach (var passage in pool)
        {
            var terms = passage.Terms.Terms.Where(t => t.Length > 1 && t.All(char.IsAsciiLetterLower)).ToList();
            foreach (var term in terms)
            {
                if (!places.TryGetValue(term, out var list))
                {
                    places.Add(term, list = []);
                }

                list.Add(count);
            }

            count += terms.Count > 0 ? 1 : 0;
        }

        return (places, count);
    }

    private static double MutualInformation(List<int> x, List<int> y, int count)
    {
        if (x.Count == count || y.Count == count)
        {
            return 0;
        }

        var both = Common(x, y);
        return Part(both, x.Count, y.Count) + Part(x.Count - both, x.Count, count - y.Count)
            + Part(y.Count - both, count - x.Count, y.Count) + Part(count - x.Count - y.Count + both, count - x.Count, count - y.Count);

        double Part(int together, int left, int right)
        {
            var p = 1f * together / count;
            return together == 0 ? 0 : p * Math.Log(p / (1f * left / count * (1f * right / count)));
        }
    }

    private static int Common(List<int> x, List<int> y)
    {
        var common = 0;
        for (int i = 0, j = 0; i < x.Count && j < y.Count;)
        {
            common += x[i] == y[j] ? 1 : 0;
            var (a, b) = (x[i], y[j]);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return common;
    }
}
