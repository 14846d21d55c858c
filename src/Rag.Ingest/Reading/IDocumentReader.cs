namespace Rag.Ingest.Reading;

/// <summary>Turns the bytes of one format into a <see cref="Document"/>. Safe for concurrent use.</summary>
/// <remarks>
/// A reader keeps these promises, and <c>DocumentReaderContract</c> in Rag.Testing checks them: blocks are in reading order, never empty, never
/// overlapping, and together cover all of the text but white space; no resource is fetched and no script is run; the same bytes give the same
/// document; memory and time are bounded by the size of the input. The title is the source's own where it has one, else the last segment of the id.
/// </remarks>
public interface IDocumentReader
{
    /// <summary>Media types that it reads, such as <c>text/markdown</c>; lower case.</summary>
    IReadOnlyCollection<string> MediaTypes { get; }

    /// <summary>Reads the whole stream from its current position.</summary>
    /// <param name="source">The bytes; need not be seekable; not disposed.</param>
    /// <param name="documentId">The id of the document; its last segment serves as the title where the source has none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">The bytes are not what the media type says, or break a limit.</exception>
    Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default);
}

/// <summary>A source cannot be read as a document. The message says what is wrong, with the values, and what to do.</summary>
public sealed class DocumentFormatException(string documentId, string problem, Exception? inner = null)
    : Exception($"'{documentId}' cannot be read: {problem}", inner)
{
    /// <summary>Which document.</summary>
    public string DocumentId { get; } = documentId;
}
