using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;
using Rag.Ingest.Reading.Xlsx;

namespace Rag.Ingest.Reading;

/// <summary>Reads Excel's XLSX (ECMA-376, transitional and strict): each sheet is a page with a heading, and its tables.</summary>
/// <remarks>
/// Cells are shown as Excel shows them, numbers with the separators of English and dates in ISO 8601; formulas are not computed, the value that was last stored counts. Cells that stand
/// together are one table, whose first row is its header; empty rows and columns divide tables. A merged cell's text is repeated in each row it spans. The words of text boxes, titles of charts and names of their series follow their sheet, then comments.
/// Hidden sheets are not read but named in <see cref="Document.Warnings"/>; hidden rows and columns are read. Pictures and macros are left out. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class XlsxReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } =
    [
        Xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.template.macroenabled.12",
    ];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        OfficePackage.ReadAsync(source, documentId, _limits, (package, builder) => Read(package, builder, cancellationToken), cancellationToken);

    private static Document Read(OfficePackage package, DocumentBuilder builder, CancellationToken cancellationToken)
    {
        if (package.Related("", "officeDocument") is not { } main)
        {
            throw package.Error("it has no workbook part, so it is no Excel workbook. Check its format.");
        }

        var workbook = new XlsxWorkbook(package, main, cancellationToken);
        var writer = new SheetWriter(builder);
        foreach (var sheet in workbook.Sheets())
        {
            writer.Write(sheet);
        }

        return builder.ToDocument(package.CoreTitle(), Xlsx) with { Metadata = package.CoreDates(), Warnings = SheetWriter.HiddenSheets(workbook.Hidden) };
    }
}
