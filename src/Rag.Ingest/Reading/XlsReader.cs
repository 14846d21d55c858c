using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;
using Rag.Ingest.Reading.Xls;

namespace Rag.Ingest.Reading;

/// <summary>Reads the XLS of Excel 97 to 2003 (BIFF8, [MS-XLS]) to what <see cref="XlsxReader"/> gives of the same workbook. Safe for concurrent use.</summary>
/// <remarks>Workbooks of Excel 95 and before, and those with a password, are refused. Macros are never run.</remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class XlsReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Xls = "application/vnd.ms-excel";

    // A text stands once in the file however many cells show it.
    private const int MostRatio = 100;
    private const int FreeOfRatio = 8 << 20;

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Xls];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var most = (int)Math.Min(_limits.MaxCharacters, Math.Max(FreeOfRatio, (long)bytes.Length * MostRatio));
        var builder = new DocumentBuilder(documentId, _limits with { MaxCharacters = most }, cancellationToken);
        try
        {
            var file = new CompoundFile(bytes);
            var stream = file.Find("Workbook") ?? file.Find("Book") ?? throw new InvalidDataException(
                file.Find("EncryptedPackage") is null ? "It holds no workbook." : "It is protected by a password.");
            var (workbook, writer) = (new XlsWorkbook(file.Read(stream)), new SheetWriter(builder));
            foreach (var sheet in workbook.Sheets(cancellationToken))
            {
                writer.Write(sheet);
            }

            return builder.ToDocument(null, Xls) with { Warnings = SheetWriter.HiddenSheets(workbook.Hidden) };
        }
        catch (InvalidDataException e)
        {
            throw new DocumentFormatException(documentId, $"it is no workbook that can be read: {e.Message} Open it in an office program and save it as .xlsx without a password.", e);
        }
    }
}
