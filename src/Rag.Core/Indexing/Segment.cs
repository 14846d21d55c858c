using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>An immutable part of an inverted index in flat arrays: terms in ordinal order, for each the chunks that hold it, ascending.</summary>
/// <remarks>
/// Chunks and documents are numbered from 0 within the segment; the chunks of a document follow each other. Arrays are never changed after construction.
/// </remarks>
internal sealed class Segment
{
    /// <summary>Characters of all terms, one after the other.</summary>
    public required char[] TermChars { get; init; }

    /// <summary>Where each term begins in <see cref="TermChars"/>; one more entry than terms.</summary>
    public required int[] TermStarts { get; init; }

    /// <summary>Where each term's postings begin; one more entry than terms.</summary>
    public required int[] PostingStarts { get; init; }

    /// <summary>The chunk of each posting.</summary>
    public required int[] PostingChunks { get; init; }

    /// <summary>Occurrences in that chunk, at most 65,535: beyond that BM25's weight no longer changes in the fourth digit.</summary>
    public required ushort[] PostingCounts { get; init; }

    /// <summary>The terms of all chunks as they follow each other, by their numbers.</summary>
    public required int[] Tokens { get; init; }

    /// <summary>Where each chunk's terms begin in <see cref="Tokens"/>; one more entry than chunks.</summary>
    public required int[] TokenStarts { get; init; }

    /// <summary>Number of terms of each chunk, repeats included, those of a title as often as the model counts them.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>The document of each chunk.</summary>
    public required int[] ChunkDocuments { get; init; }

    /// <summary>First chunk of each document; one more entry than documents.</summary>
    public required int[] FirstChunks { get; init; }

    /// <summary>The key under which each document was added.</summary>
    public required int[] Keys { get; init; }

    /// <summary>Characters of all document ids, one after the other.</summary>
    public required char[] IdChars { get; init; }

    /// <summary>Where each document id begins in <see cref="IdChars"/>; one more entry than documents.</summary>
    public required int[] IdStarts { get; init; }

    /// <summary>The languages that occur, each once; <see langword="null"/> for an unknown one.</summary>
    public required string?[] Languages { get; init; }

    /// <summary>The language of each document, as its place in <see cref="Languages"/>.</summary>
    public required int[] DocumentLanguages { get; init; }

    public int TermCount => TermStarts.Length - 1;

    public int DocumentCount => Keys.Length;

    public int ChunkCount => Lengths.Length;

    /// <summary>The same segment of one document, with its key.</summary>
    public Segment WithKey(int key) => new()
    {
        TermChars = TermChars,
        TermStarts = TermStarts,
        PostingStarts = PostingStarts,
        PostingChunks = PostingChunks,
        PostingCounts = PostingCounts,
        Tokens = Tokens,
        TokenStarts = TokenStarts,
        Lengths = Lengths,
        ChunkDocuments = ChunkDocuments,
        FirstChunks = FirstChunks,
        Keys = [key],
        IdChars = IdChars,
        IdStarts = IdStarts,
        Languages = Languages,
        DocumentLanguages = DocumentLanguages,
    };

    public ReadOnlySpan<char> Term(int term) => TermChars.AsSpan(TermStarts[term]..TermStarts[term + 1]);

    public ReadOnlyMemory<char> DocumentId(int document) => TermMemory(IdChars, IdStarts, document);

    public Range Postings(int term) => PostingStarts[term]..PostingStarts[term + 1];

    /// <summary>The terms of a chunk as they follow each other, by their numbers.</summary>
    public ReadOnlySpan<int> TokensOf(int chunk) => Tokens.AsSpan(TokenStarts[chunk]..TokenStarts[chunk + 1]);

    /// <summary>The terms of a chunk, each with its occurrences.</summary>
    public TermVector Vector(int chunk)
    {
        int[] tokens = [.. TokensOf(chunk)];
        Array.Sort(tokens); // and so are the terms
        List<string> terms = [];
        List<float> counts = [];
        for (var (start, end) = (0, 0); start < tokens.Length; start = end)
        {
            while (end < tokens.Length && tokens[end] == tokens[start])
            {
                end++;
            }

            terms.Add(Term(tokens[start]).ToString());
            counts.Add(Math.Min(end - start, ushort.MaxValue));
        }

        return new([.. terms], [.. counts]);
    }

    /// <summary>The first term that does not come before a text; the number of terms where there is none.</summary>
    public int FirstFrom(ReadOnlySpan<char> text)
    {
        var (low, high) = (0, TermCount);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Term(middle).SequenceCompareTo(text) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The first term after <paramref name="term"/>, which begins with the prefix, that does not.</summary>
    public int FirstWithout(ReadOnlySpan<char> prefix, int term)
    {
        var step = 1;
        while (term + step < TermCount && Term(term + step).StartsWith(prefix)) // most are near
        {
            (term, step) = (term + step, 2 * step);
        }

        for (; step > 0; step /= 2)
        {
            term += term + step < TermCount && Term(term + step).StartsWith(prefix) ? step : 0;
        }

        return term + 1;
    }

    private static ReadOnlyMemory<char> TermMemory(char[] chars, int[] starts, int index) => chars.AsMemory(starts[index]..starts[index + 1]);
}
