using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>The postings of a segment turned round: for each chunk the terms that it holds. Immutable.</summary>
internal sealed class ForwardIndex
{
    private readonly Segment _segment;
    private readonly int[] _starts; // where each chunk's terms begin; one more entry than chunks
    private readonly int[] _terms;
    private readonly ushort[] _counts;

    private ForwardIndex(Segment segment, int[] starts, int[] terms, ushort[] counts) => (_segment, _starts, _terms, _counts) = (segment, starts, terms, counts);

    /// <summary>Turns a segment round in two passes over its postings.</summary>
    public static ForwardIndex Of(Segment segment)
    {
        var starts = new int[segment.ChunkCount + 1];
        foreach (var chunk in segment.PostingChunks)
        {
            starts[chunk + 1]++;
        }

        for (var chunk = 0; chunk < segment.ChunkCount; chunk++)
        {
            starts[chunk + 1] += starts[chunk];
        }

        var next = starts.AsSpan(0, segment.ChunkCount).ToArray();
        var terms = new int[segment.PostingChunks.Length];
        var counts = new ushort[terms.Length];
        for (var term = 0; term < segment.TermCount; term++)
        {
            for (var posting = segment.PostingStarts[term]; posting < segment.PostingStarts[term + 1]; posting++)
            {
                var place = next[segment.PostingChunks[posting]]++;
                terms[place] = term;
                counts[place] = segment.PostingCounts[posting];
            }
        }

        return new(segment, starts, terms, counts);
    }

    /// <summary>The terms of a chunk, each with its occurrences.</summary>
    public TermVector Vector(int chunk) =>
        new(Enumerable.Range(_starts[chunk], _starts[chunk + 1] - _starts[chunk]).Select(i => KeyValuePair.Create(_segment.Term(_terms[i]).ToString(), (float)_counts[i])));
}
