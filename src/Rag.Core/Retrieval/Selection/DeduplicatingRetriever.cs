using Rag.Analysis;

namespace Rag.Retrieval.Selection;

/// <summary>Leaves out passages that say almost word for word what a better one says. Scores stay. Safe for concurrent use.</summary>
/// <remarks>
/// Likeness is the share of the shingles of two passages, runs of three words, that both have (Jaccard; Broder, "On the resemblance and containment of documents", 1997), computed exactly. Passages that hold different numbers are
/// not alike: the same sentence about another year is another fact.
/// As much is fetched as it takes to find enough passages that differ.
/// </remarks>
public sealed class DeduplicatingRetriever : IRetriever
{
    /// <summary>Likeness from which on a passage is left out where nothing else is said: that of two passages of which one has every twelfth word changed.</summary>
    public const double DefaultLikeness = 0.6;

    private readonly IRetriever _inner;
    private readonly double _likeness;

    /// <summary>Chooses among what another retriever finds.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="likeness">Likeness from which on a passage is left out, above 0 to 1; 1 leaves out the same words only. Default <see cref="DefaultLikeness"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="likeness"/> is not above 0, or above 1.</exception>
    public DeduplicatingRetriever(IRetriever inner, double likeness = DefaultLikeness)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(likeness);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(likeness, 1);
        (_inner, _likeness) = (inner, likeness);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
        Candidates.ChooseAsync(_inner, query, top, candidates => Task.FromResult(Distinct(candidates, top, cancellationToken)), cancellationToken);

    private IReadOnlyList<ScoredChunk> Distinct(IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken)
    {
        var kept = new List<(ScoredChunk Hit, Wording Wording)>();
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (kept.Count == top)
            {
                break;
            }

            var wording = Wording.Of(candidate.Chunk.Text);
            if (!kept.Any(k => k.Wording.Likeness(wording) >= _likeness))
            {
                kept.Add((candidate, wording));
            }
        }

        return [.. kept.Select(k => k.Hit)];
    }

    /// <summary>What is compared of a passage.</summary>
    private sealed record Wording(HashSet<string> Shingles, HashSet<string> Numbers)
    {
        private const int ShingleLength = 3;

        public static Wording Of(string text)
        {
            var words = new List<string>();
            foreach (var word in WordSegmenter.Words(text))
            {
                words.Add(text[word.Start..word.End].ToLowerInvariant());
            }

            var shingles = Enumerable.Range(0, words.Count == 0 ? 0 : Math.Max(1, words.Count - ShingleLength + 1)).Select(i => string.Join(' ', words.Skip(i).Take(ShingleLength)));
            return new([.. shingles], [.. words.Where(w => w.Any(char.IsDigit))]);
        }

        public double Likeness(Wording other)
        {
            if (!Numbers.SetEquals(other.Numbers))
            {
                return 0;
            }

            var both = Shingles.Count(other.Shingles.Contains);
            return Shingles.Count + other.Shingles.Count == 0 ? 1 : (double)both / (Shingles.Count + other.Shingles.Count - both);
        }
    }
}
