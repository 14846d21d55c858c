using Rag.Ingest.Reading.Markup;

namespace Rag.Ingest.Reading;

/// <summary>Reads subtitles (SubRip, WebVTT) as paragraphs of speech; a place is a time, such as <c>00:01:02</c>.</summary>
/// <remarks>
/// Cues follow each other in one paragraph until the speaker changes, three seconds pass without words, or a sentence ends behind 800 characters. A speaker whom WebVTT names stands before the words (<c>Ada: Hello.</c>).
/// Tags, styles, notes and positions are left out, and so is a line that the cue before showed already. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class SubtitleReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/x-subrip", "text/vtt"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var text = TextEncodings.Decode(bytes.Span, documentId);
        new Cues(builder).Write(text);
        return builder.ToDocument(null, text.StartsWith("WEBVTT", StringComparison.Ordinal) ? "text/vtt" : MediaTypes.First());
    }
}
