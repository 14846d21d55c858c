using System.Xml;
using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads XML as it stands, divided at its elements; lines are those of the file.</summary>
/// <remarks>
/// <see cref="Block.Context"/> is the path of the large elements that enclose a block, each with its id, name or key, such as <c>project &gt; target build</c>.
/// No document type is processed, no entity expanded, nothing fetched. What is not well formed, or nested deeper than <see cref="ReaderLimits.MaxDepth"/>, is divided at blank lines, and <see cref="Document.Warnings"/> says so.
/// Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class XmlDataReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly int _maxDepth = (limits ?? ReaderLimits.Default).MaxDepth;
    private readonly OutlinedText _text = new(limits, "application/xml");

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/xml"];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) => _text.ReadAsync(source, documentId, text => Divide(text, cancellationToken), cancellationToken);

    private List<Joint> Divide(string text, CancellationToken cancellationToken)
    {
        try
        {
            return XmlOutline.Of(text, _maxDepth, cancellationToken);
        }
        catch (XmlException e)
        {
            throw new OutlineException($"It is not well-formed XML ({e.Message.TrimEnd('.')})", e);
        }
    }
}
