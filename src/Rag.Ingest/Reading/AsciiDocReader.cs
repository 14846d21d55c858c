using Rag.Ingest.Reading.Markup;

namespace Rag.Ingest.Reading;

/// <summary>Reads AsciiDoc into plain text; lines are those of the file.</summary>
/// <remarks>
/// Headings, lists, code, quotes, tables, admonitions ("Note: "), titles of blocks and footnotes are kept; links and macros keep their text, images their alternative text; attributes that the file defines are put in.
/// Comments, attributes of blocks, conditions and anchors are left out; files that it includes are never read. The title is the first heading. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class AsciiDocReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/asciidoc"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var blocks = new AsciiDocBlocks(builder, TextEncodings.Decode(bytes.Span, documentId).ReplaceLineEndings("\n").Split('\n'));
        blocks.Write();
        return builder.ToDocument(blocks.Title, MediaTypes.First());
    }
}
