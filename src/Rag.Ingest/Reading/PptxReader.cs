using System.Globalization;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Pptx;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading;

/// <summary>Reads PowerPoint's PPTX (ECMA-376, transitional and strict): each slide is a page, in the order in which they are shown.</summary>
/// <remarks>
/// Of a slide: its title as heading, then what stands on it from top to bottom and left to right: text with bullets and levels, tables, the numbers of charts as tables, the text of diagrams,
/// the alternative text of pictures; then the speaker's notes and comments with their authors, marked. What the master repeats on each slide is left out, so are pictures, sounds and macros.
/// Hidden slides are not read but named in <see cref="Document.Warnings"/>; they keep their page numbers. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class PptxReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } =
    [
        Pptx,
        "application/vnd.openxmlformats-officedocument.presentationml.template",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        "application/vnd.ms-powerpoint.template.macroenabled.12",
        "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
    ];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        OfficePackage.ReadAsync(source, documentId, _limits, (package, builder) => Read(package, builder, cancellationToken), cancellationToken);

    private static Document Read(OfficePackage package, DocumentBuilder builder, CancellationToken cancellationToken)
    {
        if (package.Related("", "officeDocument") is not { } main)
        {
            throw package.Error("it has no presentation part, so it is no PowerPoint presentation. Check its format.");
        }

        var presentation = new PptxPresentation(package, main);
        string? title = null;
        foreach (var (i, slide) in presentation.Slides().Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.StartPage(SlideBlock.PageName(i + 1));
            title ??= slide.Title;
            foreach (var block in slide.Blocks)
            {
                builder.Add(block.Kind, block.Text, block.Level);
            }
        }

        var hidden = presentation.Hidden.Select(number => number.ToString(CultureInfo.InvariantCulture));
        return builder.ToDocument(title ?? package.CoreTitle(), Pptx) with
        {
            Metadata = package.CoreDates(),
            Warnings = presentation.Hidden.Count == 0 ? [] : [$"Hidden slides were not read: {string.Join(", ", hidden)}. Unhide those that belong to the document."],
        };
    }
}
