using Rag.Analysis;
using Rag.Storage;

namespace Rag.Retrieval.Selection;

/// <summary>Widens each hit by the sentences around it in its document; windows that overlap or touch become one. Safe for concurrent use where its parts are.</summary>
/// <remarks>
/// Small passages are found well and read badly; this finds the small and shows the wide. A window keeps id, score and heading path of its best hit, so the order stays. The rows of a table and the lines of a list are sentences.
/// A hit whose document has changed since the search stays as it is. As much is fetched as it takes to fill <c>top</c> windows.
/// </remarks>
public sealed class SentenceWindowRetriever : IRetriever
{
    /// <summary>Sentences on each side where nothing else is said.</summary>
    public const int DefaultSentences = 3;

    private readonly IRetriever _inner;
    private readonly IChunkStore _store;
    private readonly int _sentences;

    /// <summary>Widens what another retriever finds.</summary>
    /// <param name="inner">Finds passages.</param>
    /// <param name="store">Holds their documents.</param>
    /// <param name="sentences">Sentences on each side, at least 0; with 0, passages that touch become one and nothing else changes. Default <see cref="DefaultSentences"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sentences"/> is less than 0.</exception>
    public SentenceWindowRetriever(IRetriever inner, IChunkStore store, int sentences = DefaultSentences)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegative(sentences);
        (_inner, _store, _sentences) = (inner, store, sentences);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
        Candidates.ChooseAsync(_inner, query, top, candidates => WidenAsync(query, candidates, top, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<ScoredChunk>> WidenAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Document?>(StringComparer.Ordinal);
        var windows = new List<(ScoredChunk Hit, TextSpan Span, Document? Document)>();
        foreach (var hit in candidates)
        {
            var id = hit.Chunk.DocumentId;
            if (!documents.TryGetValue(id, out var document))
            {
                documents[id] = document = await _store.GetDocumentAsync(id, query.Tenant, cancellationToken);
            }

            document = document is not null && WidenedChunk.IsOf(document, hit.Chunk) ? document : null;
            var span = document is null ? hit.Chunk.Span : Window(document, hit.Chunk.Span);
            var touched = windows.FindAll(w => document is not null && w.Document == document && Touch(document.Text, w.Span, span));
            if (touched.Count == 0)
            {
                if (windows.Count == top)
                {
                    break;
                }

                windows.Add((hit, span, document));
                continue;
            }

            var at = windows.IndexOf(touched[0]);
            windows[at] = (touched[0].Hit, touched.Aggregate(span, (all, w) => new(Math.Min(all.Start, w.Span.Start), Math.Max(all.End, w.Span.End))), document);
            windows.RemoveAll(touched.Skip(1).Contains);
        }

        return [.. windows.Select(w => w.Document is null ? w.Hit : WidenedChunk.Of(w.Document, w.Hit, w.Span, w.Hit.Chunk.Context))];
    }

    // Nothing but blanks between them.
    private static bool Touch(string text, TextSpan a, TextSpan b) =>
        a.Overlaps(b) || text.AsSpan(Math.Min(a.End, b.End)..Math.Max(a.Start, b.Start)).IsWhiteSpace();

    private TextSpan Window(Document document, TextSpan span)
    {
        var start = Sentences(document, span, ahead: false).Take(_sentences).Select(s => s.Start).DefaultIfEmpty(span.Start).Min();
        var end = Sentences(document, span, ahead: true).Take(_sentences).Select(s => s.End).DefaultIfEmpty(span.End).Max();
        return new(Math.Min(start, span.Start), Math.Max(end, span.End));
    }

    // The sentences behind or before a span, the nearest first. Block after block, so that no more is read than is needed.
    private static IEnumerable<TextSpan> Sentences(Document document, TextSpan span, bool ahead)
    {
        IReadOnlyList<Block> blocks = document.Blocks.Count > 0 ? document.Blocks : [new(BlockKind.Paragraph, new(0, document.Text.Length))];
        foreach (var block in ahead ? blocks.Where(b => b.Span.End > span.End) : blocks.Where(b => b.Span.Start < span.Start).Reverse())
        {
            TextSpan part = ahead ? new(Math.Max(block.Span.Start, span.End), block.Span.End) : new(block.Span.Start, Math.Min(block.Span.End, span.Start));
            var sentences = SentenceSegmenter.Split(document.Text, part, document.Language);
            foreach (var sentence in ahead ? sentences : sentences.Reverse())
            {
                yield return sentence;
            }
        }
    }
}
