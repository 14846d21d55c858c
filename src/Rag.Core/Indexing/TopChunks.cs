using System.Globalization;

namespace Rag.Indexing;

/// <summary>A chunk that a search may return.</summary>
internal readonly record struct Candidate(double Score, ReadOnlyMemory<char> DocumentId, int Document, int Chunk)
{
    /// <summary>Whether this one comes before the other: higher score, then the smaller chunk id (ordinal).</summary>
    public bool Beats(in Candidate other) => Score > other.Score || (Score == other.Score && CompareIds(other) < 0);

    // The chunk id is "documentId#chunk"; it is written out only where one document id begins with the other.
    private int CompareIds(in Candidate other)
    {
        var left = DocumentId.Span;
        var right = other.DocumentId.Span;
        var common = left.CommonPrefixLength(right);
        if (common < left.Length && common < right.Length)
        {
            return left[common].CompareTo(right[common]);
        }

        return left.Length == right.Length
            ? string.CompareOrdinal(Chunk.ToString(CultureInfo.InvariantCulture), other.Chunk.ToString(CultureInfo.InvariantCulture))
            : string.CompareOrdinal(
                string.Create(CultureInfo.InvariantCulture, $"{left}#{Chunk}"),
                string.Create(CultureInfo.InvariantCulture, $"{right}#{other.Chunk}"));
    }
}

/// <summary>Keeps the best few of many candidates: a heap with the worst of them on top.</summary>
/// <param name="top">How many.</param>
/// <param name="floor">A score that so many candidates have or exceed; others are not offered.</param>
internal sealed class TopChunks(int top, double floor = double.NegativeInfinity)
{
    private readonly List<Candidate> _heap = [];

    /// <summary>Scores below this cannot enter any more.</summary>
    public double Threshold { get; private set; } = floor;

    public void Offer(in Candidate candidate)
    {
        if (_heap.Count < top)
        {
            _heap.Add(candidate);
            Rise(_heap.Count - 1);
        }
        else if (candidate.Beats(_heap[0]))
        {
            _heap[0] = candidate;
            Sink();
        }

        if (_heap.Count == top)
        {
            Threshold = _heap[0].Score;
        }
    }

    /// <summary>The kept candidates, best first.</summary>
    public IReadOnlyList<Candidate> Ordered()
    {
        Candidate[] ordered = [.. _heap];
        var scores = Array.ConvertAll(ordered, c => -c.Score);
        Array.Sort(scores, ordered);
        for (var (start, end) = (0, 0); start < ordered.Length; start = end)
        {
            while (end < ordered.Length && scores[end] == scores[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                ordered.AsSpan(start..end).Sort(static (a, b) => a.Beats(b) ? -1 : b.Beats(a) ? 1 : 0);
            }
        }

        return ordered;
    }

    private void Rise(int place)
    {
        for (var parent = (place - 1) / 2; place > 0 && _heap[parent].Beats(_heap[place]); parent = (place - 1) / 2)
        {
            (_heap[place], _heap[parent]) = (_heap[parent], _heap[place]);
            place = parent;
        }
    }

    private void Sink()
    {
        for (var place = 0; ;)
        {
            var worst = place;
            for (var child = (2 * place) + 1; child <= (2 * place) + 2 && child < _heap.Count; child++)
            {
                worst = _heap[worst].Beats(_heap[child]) ? child : worst;
            }

            if (worst == place)
            {
                return;
            }

            (_heap[place], _heap[worst]) = (_heap[worst], _heap[place]);
            place = worst;
        }
    }
}
