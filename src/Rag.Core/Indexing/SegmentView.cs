namespace Rag.Indexing;

/// <summary>What one scope sees of a segment, with the statistics of just that.</summary>
/// <param name="Visible">1 for each chunk that may be seen, else 0; <see langword="null"/> when all may.</param>
/// <param name="LiveChunks">Chunks that may be seen.</param>
/// <param name="Chunks">Those of them that have a term at all; what BM25 calls N.</param>
/// <param name="Terms">Their lengths added up.</param>
/// <param name="Languages">The languages of the documents that may be seen.</param>
internal sealed record SegmentView(byte[]? Visible, int LiveChunks, int Chunks, long Terms, IReadOnlyList<string?> Languages)
{
    public static SegmentView Of(Segment segment, bool[]? dead, DocumentScope? scope)
    {
        var visible = new byte[segment.ChunkCount];
        var languages = new HashSet<int>();
        var (live, chunks, terms) = (0, 0, 0L);
        for (var document = 0; document < segment.DocumentCount; document++)
        {
            if (dead?[document] == true || scope?.Sees(segment.Keys[document]) == false)
            {
                continue;
            }

            languages.Add(segment.DocumentLanguages[document]);
            for (var chunk = segment.FirstChunks[document]; chunk < segment.FirstChunks[document + 1]; chunk++)
            {
                visible[chunk] = 1;
                live++;
                terms += segment.Lengths[chunk];
                chunks += segment.Lengths[chunk] > 0 ? 1 : 0;
            }
        }

        return new(live == segment.ChunkCount ? null : visible, live, chunks, terms, [.. languages.Select(l => segment.Languages[l])]);
    }

    /// <summary>How often a term stands in the visible chunks, given the chunks and counts of its postings.</summary>
    public long Occurrences(ReadOnlySpan<int> postings, ReadOnlySpan<ushort> counts)
    {
        var sum = 0L;
        for (var i = 0; i < postings.Length; i++)
        {
            sum += Visible is null || Visible[postings[i]] != 0 ? counts[i] : 0;
        }

        return sum;
    }

    /// <summary>In how many visible chunks a term stands, given the chunks of its postings.</summary>
    public int Count(ReadOnlySpan<int> postings)
    {
        if (Visible is null)
        {
            return postings.Length;
        }

        var count = 0;
        foreach (var chunk in postings)
        {
            count += Visible[chunk];
        }

        return count;
    }
}
