using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.OpenDocument;

namespace Rag.Ingest.Reading;

/// <summary>Reads OpenDocument (ISO/IEC 26300): texts (ODT), spreadsheets (ODS) and presentations (ODP) of LibreOffice and others.</summary>
/// <remarks>
/// A text gives headings, lists with their numbers, tables, notes and comments; tracked changes are read as accepted. Sheets are read as <see cref="XlsxReader"/> does, with numbers as they are
/// shown in English or else as they are stored, and dates in ISO 8601; slides as <see cref="PptxReader"/> does. Hidden sheets and slides are not read but named in <see cref="Document.Warnings"/>. A row or cell that is
/// stored once with a count is repeated, up to four million characters of a document. Formulas of mathematics are read in the manner of LaTeX. Pictures, headers, footers and macros are left out. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class OpenDocumentReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Prefix = "application/vnd.oasis.opendocument.";
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Prefix + "text", Prefix + "spreadsheet", Prefix + "presentation"];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        OfficePackage.ReadAsync(source, documentId, _limits, (package, builder) => Read(package, builder, cancellationToken), cancellationToken);

    private static Document Read(OfficePackage package, DocumentBuilder builder, CancellationToken cancellationToken)
    {
        if (package.Mentions("META-INF/manifest.xml", ":encryption-data"))
        {
            throw package.Error("it is protected by a password. Save it without one.");
        }

        var content = new OdfContent(package, builder, cancellationToken);
        foreach (var part in (ReadOnlySpan<string>)["styles.xml", "content.xml"])
        {
            using var reader = package.Read(part);
            if (reader is not null)
            {
                content.Read(reader);
            }
            else if (part == "content.xml")
            {
                throw package.Error("it has no content.xml, so it is no OpenDocument file. Check its format.");
            }
        }

        var title = content.Title ?? package.Load("meta.xml").Child("meta").Child("title")?.Value;
        return builder.ToDocument(title, Prefix + content.Kind) with
        {
            Warnings = content.Hidden.Count == 0 ? [] : [$"Hidden sheets or slides were not read: {string.Join(", ", content.Hidden)}. Unhide those that belong to the document."],
        };
    }
}
