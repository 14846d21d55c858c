namespace Rag.Indexing;

/// <summary>The shortest chunks among 128 postings that follow each other, by occurrences: enough to bound their BM25 scores whatever the average length is.</summary>
internal readonly struct PostingBlock
{
    /// <summary>Postings of a block; blocks are counted over all postings of a segment, so a term's first and last block may hold postings of its neighbours.</summary>
    public const int Size = 128;

    private readonly ushort _once;
    private readonly ushort _twice;
    private readonly ushort _thrice;
    private readonly ushort _oftener;
    private readonly ushort _mostOccurrences;

    private PostingBlock(ReadOnlySpan<int> chunks, ReadOnlySpan<ushort> counts, int[] lengths)
    {
        (_once, _twice, _thrice, _oftener, _mostOccurrences) = (ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, ushort.MaxValue, 1);
        for (var i = 0; i < chunks.Length; i++)
        {
            var length = (ushort)Math.Min(lengths[chunks[i]], ushort.MaxValue);
            switch (counts[i])
            {
                case 1:
                    _once = Math.Min(_once, length);
                    break;
                case 2:
                    _twice = Math.Min(_twice, length);
                    break;
                case 3:
                    _thrice = Math.Min(_thrice, length);
                    break;
                default:
                    _oftener = Math.Min(_oftener, length);
                    _mostOccurrences = Math.Max(_mostOccurrences, counts[i]);
                    break;
            }
        }
    }

    /// <summary>The blocks of a segment, in one pass over its postings.</summary>
    public static PostingBlock[] Of(Segment segment)
    {
        var blocks = new PostingBlock[(segment.PostingChunks.Length + Size - 1) / Size];
        for (var i = 0; i < blocks.Length; i++)
        {
            var length = Math.Min(Size, segment.PostingChunks.Length - (i * Size));
            blocks[i] = new(segment.PostingChunks.AsSpan(i * Size, length), segment.PostingCounts.AsSpan(i * Size, length), segment.Lengths);
        }

        return blocks;
    }

    /// <summary>No posting of the block has more occurrences times inverse norm.</summary>
    public float Most(TermScorer scorer) => Math.Max(
        Math.Max(scorer.InverseNorm(_once), 2 * scorer.InverseNorm(_twice)),
        Math.Max(3 * scorer.InverseNorm(_thrice), _mostOccurrences * scorer.InverseNorm(_oftener)));
}
