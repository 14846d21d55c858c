using System.Numerics;

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
        var byTerm = places.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (term, occurrences) in query.Where(places.ContainsKey))
        {
            // Anserini divides whole numbers before it takes the logarithm.
            var idf = (float)Math.Log((1 + evidence.Passages) / evidence.PassagesWith(term));
            var information = new MutualInformation(places[term], count);
            var own = information.With(places[term]);
            var scores = byTerm.Select(p => (Term: p.Key, Score: p.Key == term ? idf * occurrences : idf * Beta * occurrences * information.With(p.Value) / own));
            foreach (var (other, score) in scores.Where(s => s.Score > Least).OrderByDescending(s => s.Score).Take(MostForOne)) // ties stay in the order of the terms
            {
                sums[other] = sums.GetValueOrDefault(other) + score;
            }
        }

        var heaviest = sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(Terms).ToList();
        return heaviest.Count == 0 ? query : new(heaviest.Select(s => KeyValuePair.Create(s.Key, (float)(s.Value / query.Sum))));
    }

    /// <summary>For each term the passages that hold it, and how many passages hold any.</summary>
    private static (Dictionary<string, PassageSet> Places, int Count) Places(IReadOnlyList<FeedbackPassage> pool)
    {
        var places = new Dictionary<string, PassageSet>(StringComparer.Ordinal);
        var count = 0;
        foreach (var passage in pool)
        {
            var number = count;
            foreach (var term in passage.Terms.Terms.Where(t => t.Length > 1 && !t.AsSpan().ContainsAnyExceptInRange('a', 'z')))
            {
                if (!places.TryGetValue(term, out var set))
                {
                    places.Add(term, set = new(pool.Count));
                }

                set.Add(number);
                count = number + 1;
            }
        }

        return (places, count);
    }

    /// <summary>How much a term says of others among <paramref name="count"/> passages. It depends on how many hold each and both, which is the same for most.</summary>
    private sealed class MutualInformation(PassageSet term, int count)
    {
        private readonly Dictionary<(int Count, int Both), double> _known = [];

        public double With(PassageSet other)
        {
            var key = (other.Count, term.CountBoth(other));
            return _known.TryGetValue(key, out var value) ? value : _known[key] = Of(key.Count, key.Item2);
        }

        private double Of(int other, int both)
        {
            if (term.Count == count || other == count)
            {
                return 0;
            }

            return Part(both, term.Count, other) + Part(term.Count - both, term.Count, count - other)
                + Part(other - both, count - term.Count, other) + Part(count - term.Count - other + both, count - term.Count, count - other);
        }

        private double Part(int together, int left, int right)
        {
            var p = 1f * together / count;
            return together == 0 ? 0 : p * Math.Log(p / (1f * left / count * (1f * right / count)));
        }
    }

    /// <summary>Some of the passages, each added once.</summary>
    private sealed class PassageSet(int capacity)
    {
        private readonly ulong[] _bits = new ulong[(capacity + 63) / 64];

        public int Count { get; private set; }

        public void Add(int passage)
        {
            _bits[passage / 64] |= 1UL << passage;
            Count++;
        }

        public int CountBoth(PassageSet other)
        {
            var both = 0;
            for (var i = 0; i < _bits.Length; i++)
            {
                both += BitOperations.PopCount(_bits[i] & other._bits[i]);
            }

            return both;
        }
    }
}
