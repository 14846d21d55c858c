namespace Rag.Retrieval.Selection;

/// <summary>Passages made wider: still one stretch of their document, so that citations verify.</summary>
internal static class WidenedChunk
{
    /// <summary>A hit over a wider span. It keeps id and score: it is that hit, with more around it.</summary>
    /// <param name="document">The document of the hit, as <see cref="IsOf"/> says.</param>
    /// <param name="hit">The hit.</param>
    /// <param name="span">The stretch of the document's text to show.</param>
    /// <param name="context">Heading path that holds for all of the span.</param>
    public static ScoredChunk Of(Document document, ScoredChunk hit, TextSpan span, string context) =>
        span == hit.Chunk.Span ? hit : hit with { Chunk = Chunk.Of(document, 0, span, context) with { Id = hit.Chunk.Id } };

    /// <summary>Whether the passage still stands in the document, which may have been replaced since the search.</summary>
    public static bool IsOf(Document document, Chunk chunk) =>
        chunk.Span.End <= document.Text.Length && document.Text.AsSpan(chunk.Span.Start, chunk.Span.Length).SequenceEqual(chunk.Text);
}
