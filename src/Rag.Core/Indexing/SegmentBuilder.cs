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
    private readonly List<string> _terms = [];
    private readonly List<int> _lastPosting = []; // by term: its posting for the current chunk lies here, if it has one at all
    private readonly List<(int Term, int Chunk, int Count)> _postings = [];
    private readonly TermReceiver _receive;
    private int _chunk;
    private int _length;

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
        for (_chunk = 0; _chunk < chunks.Count; _chunk++)
        {
            var chunk = chunks[_chunk];
            _length = 0;
            analyzer.Analyze(chunk.Title, _receive);
            analyzer.Analyze(chunk.Context, _receive);
            analyzer.Analyze(chunk.Text, _receive);
            lengths[_chunk] = _length;
        }

        return Arrange(documentId, language, lengths);
    }

    private void Receive(ReadOnlySpan<char> term, int position, TextSpan span)
    {
        _length++;
        if (!_lookup.TryGetValue(term, out var id))
        {
            id = _terms.Count;
            var text = term.ToString();
            _known.Add(text, id);
            _terms.Add(text);
            _lastPosting.Add(-1);
        }

        var last = _lastPosting[id];
        if (last >= 0 && _postings[last].Chunk == _chunk)
        {
            CollectionsMarshal.AsSpan(_postings)[last].Count++;
            return;
        }

        _lastPosting[id] = _postings.Count;
        _postings.Add((id, _chunk, 1));
    }

    private void Reset()
    {
        foreach (var (term, _, _) in _postings)
        {
            _lastPosting[term] = -1;
        }

        _postings.Clear();
        if (_terms.Count > MaxKnownTerms)
        {
            _known.Clear();
            _terms.Clear();
            _lastPosting.Clear();
        }
    }

    private Segment Arrange(string documentId, string? language, int[] lengths)
    {
        var counts = new Dictionary<int, int>();
        foreach (var (term, _, _) in _postings)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
        }

        int[] order = [.. counts.Keys];
        Array.Sort(order, (a, b) => string.CompareOrdinal(_terms[a], _terms[b]));

        var postingStarts = new int[order.Length + 1];
        var termStarts = new int[order.Length + 1];
        var next = new Dictionary<int, int>(order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            next.Add(order[i], postingStarts[i]);
            postingStarts[i + 1] = postingStarts[i] + counts[order[i]];
            termStarts[i + 1] = termStarts[i] + _terms[order[i]].Length;
        }

        var postingChunks = new int[_postings.Count];
        var postingCounts = new ushort[_postings.Count];
        foreach (var (term, chunk, count) in _postings)
        {
            var place = CollectionsMarshal.GetValueRefOrNullRef(next, term)++;
            postingChunks[place] = chunk;
            postingCounts[place] = (ushort)Math.Min(count, ushort.MaxValue);
        }

        return new()
        {
            TermChars = string.Concat(order.Select(t => _terms[t])).ToCharArray(),
            TermStarts = termStarts,
            PostingStarts = postingStarts,
            PostingChunks = postingChunks,
            PostingCounts = postingCounts,
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
}
