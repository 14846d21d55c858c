using System.Collections.Concurrent;

namespace Rag.Indexing;

/// <summary>A segment, the documents in it that are gone, and what searches found out about it. Safe for concurrent use.</summary>
internal sealed class LiveSegment(Segment segment, bool[]? dead = null)
{
    // Scopes are few (a handful of filters and groups); the bound only keeps a hostile stream of filters from filling memory.
    private const int MaxScopes = 64;

    private readonly ConcurrentDictionary<string, SegmentView> _views = new(StringComparer.Ordinal);
    private readonly Lazy<SegmentView> _whole = new(() => SegmentView.Of(segment, dead, scope: null));
    private readonly Lazy<TermTable> _terms = new(() => new(segment));
    private readonly Lazy<PostingBlock[]> _blocks = new(() => PostingBlock.Of(segment));

    public Segment Segment => segment;

    /// <summary>Where its terms are; made when first asked for.</summary>
    public TermTable Terms => _terms.Value;

    /// <summary>Bounds of its postings; made when first asked for.</summary>
    public PostingBlock[] Blocks => _blocks.Value;

    public bool HasDead => dead is not null;

    public bool IsDead(int document) => dead is not null && dead[document];

    /// <summary>Share of the documents and chunks that are gone.</summary>
    public double DeadShare => dead is null ? 0 : 1 - ((double)(_whole.Value.LiveChunks + dead.Count(d => !d)) / (segment.ChunkCount + segment.DocumentCount));

    /// <summary>The segment without the document, or <see langword="null"/> where it has no such living document.</summary>
    public LiveSegment? Without(int key)
    {
        for (var document = Array.IndexOf(segment.Keys, key); document >= 0; document = Array.IndexOf(segment.Keys, key, document + 1))
        {
            if (!IsDead(document))
            {
                var copy = dead is null ? new bool[segment.DocumentCount] : (bool[])dead.Clone();
                copy[document] = true;
                return new(segment, copy);
            }
        }

        return null;
    }

    public SegmentView See(DocumentScope? scope)
    {
        if (scope is null)
        {
            return _whole.Value;
        }

        if (_views.Count >= MaxScopes)
        {
            _views.Clear();
        }

        return _views.GetOrAdd(scope.Key, static (_, s) => SegmentView.Of(s.segment, s.dead, s.scope), (segment, dead, scope));
    }
}
