using Rag.Ingest.Reading.Markup;

namespace Rag.Ingest.Reading;

/// <summary>Reads reStructuredText, as Docutils and Sphinx write it, into plain text; lines are those of the file.</summary>
/// <remarks>
/// Headings, lists, definitions, quotes, code, grid and simple tables, CSV and list tables, admonitions ("Note: ") and footnotes are kept; roles and links keep their text, images their alternative text.
/// Comments, targets, options, substitutions, tables of contents and raw text are left out; files that it includes are never read. The title is the first heading. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class RstReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/x-rst"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var lines = TextEncodings.Decode(bytes.Span, documentId).ReplaceLineEndings("\n").Replace("\t", "        ", StringComparison.Ordinal).Split('\n');
        var blocks = new RstBlocks(builder, lines);
        blocks.Write();
        return builder.ToDocument(blocks.Title, MediaTypes.First());
    }
}
