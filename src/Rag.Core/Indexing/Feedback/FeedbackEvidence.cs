namespace Rag.Indexing.Feedback;

/// <summary>A passage to learn from.</summary>
/// <param name="Score">Its score in the first search, 0 for one that was drawn at random.</param>
/// <param name="Terms">Its terms, each with its occurrences.</param>
public sealed record FeedbackPassage(float Score, TermVector Terms);

/// <summary>What feedback may learn from: the passages that a search may see, and nothing else. Read from the index, not from texts.</summary>
public sealed class FeedbackEvidence
{
    private readonly KeywordSearch _search;
    private readonly TermVector _query;

    internal FeedbackEvidence(KeywordSearch search, TermVector query) => (_search, _query) = (search, query);

    /// <summary>Number of visible passages that hold a term at all.</summary>
    public long Passages => _search.Chunks;

    /// <summary>Number of visible passages that hold this term.</summary>
    public long PassagesWith(string term) => _search.Frequency(term);

    /// <summary>The best passages of the first search, best first.</summary>
    /// <param name="count">Upper bound on their number, at least 1.</param>
    public IReadOnlyList<FeedbackPassage> Best(int count) => [.. _search.Best(_query, count).Select(c => new FeedbackPassage((float)c.Score, _search.Vector(_search.Locate(c))))];

    /// <summary>The heaviest terms of the best passages taken together, heaviest first, ties in ordinal order: of each passage, a term's share of its terms times the passage's weight.</summary>
    /// <param name="passages">Upper bound on the number of passages of the first search, at least 1.</param>
    /// <param name="weight">What a passage weighs, given its score divided by the best one's.</param>
    public IEnumerable<KeyValuePair<string, float>> Heaviest(int passages, Func<float, float> weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var best = _search.Best(_query, passages);
        var sums = new TermSums(_search.Index);
        foreach (var candidate in best)
        {
            sums.Add(_search.Locate(candidate), weight((float)candidate.Score / (float)best[0].Score));
        }

        return sums.Descending();
    }

    /// <summary>The best passages, followed by others drawn at random until there are <paramref name="size"/> or no more. The same seed draws the same ones.</summary>
    /// <param name="best">How many of the first search's passages, at least 1.</param>
    /// <param name="size">How many in all.</param>
    /// <param name="seed">Begins the random numbers, which are those of <c>java.util.Random</c>; they choose among the visible passages in the order of document ids.</param>
    public IReadOnlyList<FeedbackPassage> BestAndRandom(int best, int size, long seed)
    {
        var found = _search.Best(_query, best).Select(c => (Place: _search.Locate(c), c.Score)).ToList();
        var chosen = found.Select(f => f.Place).ToHashSet();
        var all = chosen.Count < size ? _search.Visible() : [];
        var random = new JavaRandom(seed);
        for (var wanted = Math.Min(size, all.Count); chosen.Count < wanted;)
        {
            var place = all[random.Next(all.Count)];
            if (chosen.Add(place))
            {
                found.Add((place, 0));
            }
        }

        return [.. found.Select(f => new FeedbackPassage((float)f.Score, _search.Vector(f.Place)))];
    }
}
