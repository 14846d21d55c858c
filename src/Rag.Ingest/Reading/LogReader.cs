using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads logs as they stand, divided at entries, which begin with a time; lines are those of the file.</summary>
/// <remarks>A stack trace stays with its entry. Short entries share a block. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.</remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class LogReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly OutlinedText _text = new(limits, "text/x-log");

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/x-log"];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        _text.ReadAsync(source, documentId, text => LogOutline.Of(text, cancellationToken), cancellationToken);
}
