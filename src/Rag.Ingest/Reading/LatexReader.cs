using Rag.Ingest.Reading.Markup;

namespace Rag.Ingest.Reading;

/// <summary>Reads LaTeX into plain text; lines are those of the file.</summary>
/// <remarks>
/// Headings, lists, tables, quotes, captions, code and footnotes are kept, mathematics as its source, a citation as its key (<c>[knuth84]</c>). Of a command that is not known its arguments are kept.
/// Comments, the preamble but for the title, labels, pictures and settings are left out; no macro is expanded, and files that it inputs are never read. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class LatexReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/x-tex"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var blocks = new LatexBlocks(builder, TextEncodings.Decode(bytes.Span, documentId).ReplaceLineEndings("\n"));
        blocks.Write();
        return builder.ToDocument(blocks.Title, MediaTypes.First());
    }
}
