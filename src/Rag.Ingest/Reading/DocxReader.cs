using System.Xml;
using System.Xml.Linq;
using Rag.Ingest.Reading.Docx;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading;

/// <summary>Reads Word's DOCX (ECMA-376, transitional and strict): headings, lists with their numbers, tables, notes, text boxes, formulas.</summary>
/// <remarks>
/// Insertions are read as accepted and deletions as made. Hidden text, comments, headers, footers and the instructions of fields are left out.
/// A note follows the block that first refers to it. Pages are those that Word wrote down when it last saved the file, and breaks that the author set;
/// a document without either has no pages. Nothing is extracted, fetched or run. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class DocxReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } =
    [
        Docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-word.template.macroenabled.12",
    ];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        using var package = OfficePackage.Open(bytes, documentId, _limits);
        try
        {
            return Read(package, new(documentId, _limits, cancellationToken));
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw package.Error($"it is damaged: {e.Message} Open and save it in an office program, or copy it again from its source.", e);
        }
    }

    private static Document Read(OfficePackage package, DocumentBuilder builder)
    {
        if (package.Related("", "officeDocument") is not { } main)
        {
            throw package.Error("it has no main document part, so it is no Word document. Check its format.");
        }

        using var reader = package.Read(main)!;
        var body = new DocxBody(package, new(Part("styles")), new(Part("numbering")), Notes("footnotes", "decimal"), Notes("endnotes", "lowerRoman"));
        var hasPages = package.Mentions(main, "lastRenderedPageBreak", "type=\"page\"", "pageBreakBefore");
        var output = new DocxOutput(builder, hasPages);
        if (hasPages)
        {
            builder.StartPage();
        }

        reader.MoveToContent();
        body.Blocks(reader, output.Write);
        output.End();
        return builder.ToDocument(body.Title ?? CoreTitle(package), Docx);

        XElement? Part(string type) => package.Related(main, type) is { } part ? package.Load(part) : null;
        DocxNotes Notes(string type, string format) => new(DocxNotes.Texts(package, package.Related(main, type)), format);
    }

    private static string? CoreTitle(OfficePackage package) =>
        package.Related("", "core-properties") is { } core ? package.Load(core).Child("title")?.Value : null;
}
