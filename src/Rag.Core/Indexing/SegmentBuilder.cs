using System.Runtime.InteropServices;
using Rag.Analysis;

namespace Rag.Indexing;

/// <summary>Turns one document after the other into a segment of its own. Not safe for concurrent use.</summary>
/// <remarks>Terms seen before cost no allocation: the table of terms outlives the document.</remarks>
internal sealed class SegmentBuilder
{
    // Bounds the memory of the term table; a text rarely has more distinct terms, and starting over only costs their allocation.
    private const int MaxKnownTerms = 500_000;

    private readonly KeywordModel _model;
    private readonly KnownTerms _known = new();
    private Use[] _uses = []; // of each known term
    private readonly List<int> _used = []; // terms of this document, each once
    private readonly List<Posting> _postings = [];
    private readonly List<int> _tokens = [];
    private readonly TermReceiver _receive;
    private int _chunk;
    private int _length;
    private int _weight; // how often a term counts

    public SegmentBuilder(KeywordModel model)
    {
        _model = model;
        _receive = Receive;
    }

    /// <summary>A segment of one document, whose key is 0 until the index gives it one.</summary>
    public Segment Build(string documentId, string? language, IReadOnlyList<Chunk> chunks)
    {
        Reset();
        var analyzer = _model.AnalyzerFor(language);
        var lengths = new int[chunks.Count];
        var tokenStarts = new int[chunks.Count + 1];
        for (_chunk = 0; _chunk < chunks.Count; _chunk++)
        {
            var chunk = chunks[_chunk];
            _length = 0;
            _weight = _model.TitleWeight;
            analyzer.Analyze(chunk.Title, _receive);
            _weight = 1;
            analyzer.Analyze(chunk.Context, _receive);
            analyzer.Analyze(chunk.Text, _receive);
            lengths[_chunk] = _length;
            tokenStarts[_chunk + 1] = _tokens.Count;
        }

        return Arrange(documentId, language, lengths, tokenStarts);
    }

    private void Receive(ReadOnlySpan<char> term, int position, TextSpan span)
    {
        _length += _weight;
        var id = _known.Number(term);
        if (id >= _uses.Length)
        {
            Array.Resize(ref _uses, Math.Max(2 * _uses.Length, id + 1));
        }

        _tokens.Add(id);
        ref var use = ref _uses[id];
        if (use.Postings == 0)
        {
            _used.Add(id);
        }
        else if (CollectionsMarshal.AsSpan(_postings)[use.LastPosting].Chunk == _chunk)
        {
            CollectionsMarshal.AsSpan(_postings)[use.LastPosting].Count += _weight;
            return;
        }

        use.Postings++;
        use.LastPosting = _postings.Count;
        _postings.Add(new(id, _chunk, _weight));
    }

    private void Reset()
    {
        foreach (var id in _used)
        {
            _uses[id].Postings = 0;
        }

        _used.Clear();
        _postings.Clear();
        _tokens.Clear();
        if (_known.Count > MaxKnownTerms)
        {
            _known.Clear();
        }
    }

    private Segment Arrange(string documentId, string? language, int[] lengths, int[] tokenStarts)
    {
        var used = InOrder();
        var postingStarts = new int[used.Length + 1];
        var termStarts = new int[used.Length + 1];
        for (var i = 0; i < used.Length; i++)
        {
            ref var use = ref _uses[used[i]];
            postingStarts[i + 1] = postingStarts[i] + use.Postings;
            termStarts[i + 1] = termStarts[i] + _known.Text(used[i]).Length;
            use.LastPosting = postingStarts[i]; // from here on: where its next posting goes
            use.Number = i;
        }

        var termChars = new char[termStarts[^1]];
        for (var i = 0; i < used.Length; i++)
        {
            _known.Text(used[i]).CopyTo(termChars.AsSpan(termStarts[i]));
        }

        var postingChunks = new int[_postings.Count];
        var postingCounts = new ushort[_postings.Count];
        foreach (var posting in CollectionsMarshal.AsSpan(_postings))
        {
            var place = _uses[posting.Term].LastPosting++;
            postingChunks[place] = posting.Chunk;
            postingCounts[place] = (ushort)Math.Min(posting.Count, ushort.MaxValue);
        }

        var tokens = new int[_tokens.Count];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = _uses[_tokens[i]].Number;
        }

        return new()
        {
            TermChars = termChars,
            TermStarts = termStarts,
            PostingStarts = postingStarts,
            PostingChunks = postingChunks,
            PostingCounts = postingCounts,
            Tokens = tokens,
            TokenStarts = tokenStarts,
            Lengths = lengths,
            ChunkDocuments = new int[lengths.Length],
            FirstChunks = [0, lengths.Length],
            Keys = [0],
            IdChars = documentId.ToCharArray(),
            IdStarts = [0, documentId.Length],
            Languages = [language],
            DocumentLanguages = [0],
        };
    }

    /// <summary>The terms of this document in ordinal order.</summary>
    private int[] InOrder()
    {
        int[] used = [.. _used];
        var keys = Array.ConvertAll(used, _known.Key);
        Array.Sort(keys, used);
        for (var (start, end) = (0, 0); start < used.Length; start = end)
        {
            while (end < used.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                used.AsSpan(start..end).Sort((a, b) => string.CompareOrdinal(_known.Text(a), _known.Text(b)));
            }
        }

        return used;
    }

    /// <summary>What the present document has of a term.</summary>
    private struct Use
    {
        public int Postings;
        public int LastPosting;
        public int Number; // in the segment
    }

    private struct Posting(int term, int chunk, int count)
    {
        public readonly int Term = term;
        public readonly int Chunk = chunk;
        public int Count = count;
    }
}
