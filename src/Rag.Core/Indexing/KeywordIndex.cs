using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>A chunk found by its words.</summary>
/// <param name="Document">The key under which its document was added.</param>
/// <param name="Chunk">0-based place among the document's chunks.</param>
/// <param name="Score">Higher is better. BM25 is above 0; query likelihood is 0 where the words stand in the chunk no oftener than by chance.</param>
/// <param name="Terms">What each term added, best first, when asked for; they sum to the score up to the rounding of single precision.</param>
public sealed record KeywordHit(int Document, int Chunk, double Score, IReadOnlyList<TermScore> Terms);

/// <summary>An inverted index over chunks with exact BM25. Immutable: changes give a new index that shares what stayed. Safe for concurrent use.</summary>
/// <remarks>
/// Holds a logarithmic number of segments, as Lucene does: each added document is a segment, and eight segments of about the same size are merged
/// into one. Scores do not depend on how documents came to lie in segments, and N, df and the average length are always those of the chunks
/// that a search may see. The words of a removed document stay in memory, out of reach, until its segment is rewritten, and never get into a file.
/// </remarks>
public sealed class KeywordIndex
{
    // Segments of one size class before they are merged; each posting is then rewritten about log8(postings) times.
    private const int MergeAt = 8;

    private const int SizeClasses = (31 / 3) + 1; // a class spans a factor of eight

    // A segment is rewritten once this share of its chunks is gone, so that searches do not walk over the dead.
    private const double PurgeAt = 0.25;

    // The share of all postings from which on a segment is left alone when the others are joined.
    private const double RewriteAt = 0.75;

    private readonly IReadOnlyList<LiveSegment> _segments;

    internal KeywordIndex(KeywordModel model, IReadOnlyList<LiveSegment> segments)
    {
        Model = model;
        _segments = segments;
    }

    /// <summary>An index without documents.</summary>
    public KeywordIndex(KeywordModel model)
        : this(model, [])
    {
    }

    /// <summary>How words are found and weighed.</summary>
    public KeywordModel Model { get; }

    /// <summary>Number of chunks.</summary>
    public int ChunkCount => _segments.Sum(s => s.See(null).LiveChunks);

    /// <summary>Number of postings held, those of removed documents included until they are merged away; what memory and saving cost.</summary>
    public long PostingCount => _segments.Sum(s => (long)s.Segment.PostingChunks.Length);

    /// <summary>Keys of all documents, in no order.</summary>
    public IEnumerable<int> Documents =>
        _segments.SelectMany(s => Enumerable.Range(0, s.Segment.DocumentCount).Where(d => !s.IsDead(d)).Select(d => s.Segment.Keys[d]));

    internal IReadOnlyList<LiveSegment> Segments => _segments;

    /// <summary>This index with one more document.</summary>
    /// <param name="key">Names the document in results and for <see cref="Remove"/>; not yet in the index.</param>
    /// <param name="document">Its words, counted with the same model.</param>
    /// <exception cref="ArgumentException">The document was analysed with another model.</exception>
    public KeywordIndex Add(int key, IndexedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Model != Model)
        {
            throw new ArgumentException($"The index is of model '{Model.Name}', the document was analysed with '{document.Model.Name}'; analyse it again.", nameof(document));
        }

        return new(Model, Merged([.. _segments, new(document.Segment.WithKey(key))]));
    }

    /// <summary>This index without a document; itself where it has none of that key.</summary>
    public KeywordIndex Remove(int key)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            if (_segments[i].Without(key) is { } rest)
            {
                List<LiveSegment> segments = [.. _segments];
                segments[i] = rest.DeadShare > PurgeAt ? new(SegmentMerger.Merge([rest])) : rest;
                segments.RemoveAll(s => s.Segment.DocumentCount == 0);
                return new(Model, segments);
            }
        }

        return this;
    }

    /// <summary>This index with nothing left of removed documents and in at most two segments, which are searched faster than many; in more where one would be longer than an array can be.</summary>
    /// <remarks>A segment that holds most of the postings is left as it is, so that a little that is new is not the reason to rewrite all.</remarks>
    public KeywordIndex Compact() => Compact(Array.MaxLength);

    /// <param name="longest">Terms of all chunks that a segment can hold; it has no more postings than that.</param>
    internal KeywordIndex Compact(long longest)
    {
        var most = PostingCount * RewriteAt;
        var rest = _segments.Where(s => s.HasDead || s.Segment.PostingChunks.Length < most).ToArray();
        LiveSegment[][] parts = rest.Sum(s => (long)s.Segment.Tokens.Length) <= longest ? [rest] : [.. rest.Where(s => s.HasDead).Select(s => new[] { s })];
        return rest is [] or [{ HasDead: false }] || parts is []
            ? this
            : new(Model, [.. _segments.Except(parts.SelectMany(p => p)), .. parts.Select(p => new LiveSegment(SegmentMerger.Merge(p))).Where(s => s.Segment.DocumentCount > 0)]);
    }

    /// <summary>The chunks that hold words of a text, best first; ties by chunk id (ordinal).</summary>
    /// <param name="text">Any text; it is analysed in each language of the documents that may be seen.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="scope">What may be seen, or <see langword="null"/> for everything. Scores depend on nothing else.</param>
    /// <param name="explain">Whether hits say what each term added; terms that came by feedback say so.</param>
    /// <param name="feedback">What the search learns from the passages that it finds first, or <see langword="null"/> to learn nothing.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    public IReadOnlyList<KeywordHit> Search(string text, int top, DocumentScope? scope = null, bool explain = false, IFeedback? feedback = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var search = new KeywordSearch(this, text, scope, cancellationToken);
        var query = search.Query;
        return search.Run(feedback is null || query.IsEmpty ? query : feedback.Expand(query, new FeedbackEvidence(search, query)), top, explain);
    }

    private static List<LiveSegment> Merged(List<LiveSegment> segments)
    {
        while (FullClass(segments) is >= 0 and var full)
        {
            var merged = SegmentMerger.Merge([.. segments.Where(s => SizeClass(s) == full)]);
            segments.RemoveAll(s => SizeClass(s) == full);
            segments.Add(new(merged));
        }

        return segments;
    }

    /// <summary>A size class that has as many segments as are merged, or -1.</summary>
    private static int FullClass(List<LiveSegment> segments)
    {
        Span<int> counts = stackalloc int[SizeClasses];
        counts.Clear();
        foreach (var segment in segments)
        {
            var size = SizeClass(segment);
            if (++counts[size] == MergeAt)
            {
                return size;
            }
        }

        return -1;
    }

    private static int SizeClass(LiveSegment segment) => int.Log2(segment.Segment.PostingChunks.Length + segment.Segment.ChunkCount + 1) / 3;
}
