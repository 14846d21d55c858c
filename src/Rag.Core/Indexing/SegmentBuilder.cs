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
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<Known> _terms = [];
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
        _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
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
        if (!_lookup.TryGetValue(term, out var id))
        {
            id = _terms.Count;
            var text = term.ToString();
            _known.Add(text, id);
            _terms.Add(new(text));
        }

        _tokens.Add(id);
        ref var known = ref CollectionsMarshal.AsSpan(_terms)[id];
        if (known.Postings == 0)
        {
            _used.Add(id);
        }
        else if (CollectionsMarshal.AsSpan(_postings)[known.LastPosting].Chunk == _chunk)
        {
            CollectionsMarshal.AsSpan(_postings)[known.LastPosting].Count += _weight;
            return;
        }

        known.Postings++;
        known.LastPosting = _postings.Count;
        _postings.Add(new(id, _chunk, _weight));
    }

    private void Reset()
    {
        var terms = CollectionsMarshal.AsSpan(_terms);
        foreach (var id in _used)
        {
            terms[id].Postings = 0;
        }

        _used.Clear();
        _postings.Clear();
        _tokens.Clear();
        if (_terms.Count > MaxKnownTerms)
        {
            _known.Clear();
            _terms.Clear();
        }
    }

    private Segment Arrange(string documentId, string? language, int[] lengths, int[] tokenStarts)
    {
        var terms = CollectionsMarshal.AsSpan(_terms);
        var texts = new string[_used.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = terms[_used[i]].Text;
        }

        Array.Sort(texts, StringComparer.Ordinal);
        var postingStarts = new int[texts.Length + 1];
        var termStarts = new int[texts.Length + 1];
        for (var i = 0; i < texts.Length; i++)
        {
            ref var known = ref terms[_known[texts[i]]];
            postingStarts[i + 1] = postingStarts[i] + known.Postings;
            termStarts[i + 1] = termStarts[i] + texts[i].Length;
            known.Number = i;
            known.LastPosting = postingStarts[i]; // from here on: where its next posting goes
        }

        var postingChunks = new int[_postings.Count];
        var postingCounts = new ushort[_postings.Count];
        foreach (var posting in CollectionsMarshal.AsSpan(_postings))
        {
            var place = terms[posting.Term].LastPosting++;
            postingChunks[place] = posting.Chunk;
            postingCounts[place] = (ushort)Math.Min(posting.Count, ushort.MaxValue);
        }

        var tokens = new int[_tokens.Count];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = terms[_tokens[i]].Number;
        }

        return new()
        {
            TermChars = string.Concat(texts).ToCharArray(),
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

    private struct Known(string text)
    {
        public readonly string Text = text;
        public int Postings; // in this document
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
