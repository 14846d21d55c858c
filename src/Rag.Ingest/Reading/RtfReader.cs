using Rag.Ingest.Reading.Rtf;

namespace Rag.Ingest.Reading;

/// <summary>Reads RTF (specification 1.9.1): paragraphs, headings by style or outline level, list items with their numbers, tables, footnotes, results of fields. Safe for concurrent use.</summary>
/// <remarks>Text in the code page of its font, or in Unicode. Hidden and deleted text, headers and footers, comments, pictures and objects are left out; instructions of fields are not followed.</remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class RtfReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Rtf = "application/rtf";

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Rtf];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        if (!bytes.Span.TrimStart("\uFEFF \t\r\n"u8).StartsWith("{\\rtf"u8))
        {
            throw new DocumentFormatException(documentId, @"it does not begin with '{\rtf', as RTF does. Check its format.");
        }

        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var parser = new RtfParser(builder, documentId, cancellationToken);
        parser.Parse(bytes.Span);
        return builder.ToDocument(parser.Title, Rtf);
    }
}
