using System.Xml.Linq;
using Rag.Ingest.Reading.Docx;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading;

/// <summary>Reads Word's DOCX (ECMA-376, transitional and strict): headings, lists with their numbers, tables, notes, comments, text boxes, formulas.</summary>
/// <remarks>
/// Insertions are read as accepted and deletions as made. Hidden text and the instructions of fields are left out. Headers stand once before the text,
/// footers once after it. A note or a comment follows the block that first refers to it; of an embedded object only its kind is given. Pages are those that Word wrote down when it last saved the file, and breaks that the author set;
/// a document without either has no pages. Nothing is extracted, fetched or run. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class DocxReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static readonly Dictionary<string, string> Empty = [];
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
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        OfficePackage.ReadAsync(source, documentId, _limits, Read, cancellationToken);

    private static Document Read(OfficePackage package, DocumentBuilder builder)
    {
        if (package.Related("", "officeDocument") is not { } main)
        {
            throw package.Error("it has no main document part, so it is no Word document. Check its format.");
        }

        using var reader = package.Read(main)!;
        var styles = new DocxStyles(Part("styles"));
        var body = new DocxBody(package, styles, new(Part("numbering")), Notes("footnotes", "decimal"), Notes("endnotes", "lowerRoman"), DocxNotes.Texts(package, package.Related(main, "comments")));
        var hasPages = package.Mentions(main, "lastRenderedPageBreak", "type=\"page\"", "pageBreakBefore");
        var output = new DocxOutput(builder, hasPages);
        if (hasPages)
        {
            builder.StartPage();
        }

        Margins("header");
        reader.MoveToContent();
        body.Blocks(reader, output.Write);
        output.End();
        Margins("footer");
        return builder.ToDocument(body.Title ?? package.CoreTitle(), Docx) with { Metadata = package.CoreDates() };

        // what stands above or below the text of the pages, once; nothing of it is a page number only
        void Margins(string type)
        {
            var seen = new HashSet<string>();
            foreach (var part in package.Links(main).Where(link => link.Type == type && seen.Add(link.Part)).Select(link => link.Part))
            {
                using var margin = package.Read(part)!;
                margin.MoveToContent();
                new DocxBody(package, styles, new(null), new(Empty, ""), new(Empty, ""), Empty).Blocks(margin, block =>
                {
                    if (block.Text.Any(char.IsLetter) && seen.Add(block.Text.Trim()))
                    {
                        output.Write(new(BlockKind.Paragraph, 0, block.Text, []));
                    }
                });
            }
        }

        XElement? Part(string type) => package.Related(main, type) is { } part ? package.Load(part) : null;
        DocxNotes Notes(string type, string format) => new(DocxNotes.Texts(package, package.Related(main, type)), format);
    }
}
