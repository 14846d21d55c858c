using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading;

/// <summary>Reads comma or tab separated values (RFC 4180) as one table: the first record is its header.</summary>
/// <remarks>
/// The delimiter is the one of comma, semicolon, tab and pipe that divides the first records most evenly. A quoted value may hold delimiters, doubled quotes and line breaks, which become spaces.
/// Records of fewer or more values than the first are kept as they are. The encoding is found as <see cref="PlainTextReader"/> does; lines are those of the file. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class CsvReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/csv", "text/tab-separated-values"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        new SeparatedValues(TextEncodings.Decode(bytes.Span, documentId)).Write(builder, cancellationToken);
        return builder.ToDocument(null, "text/csv");
    }
}
