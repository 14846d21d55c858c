using System.Text;
using Rag.Ingest.Reading;
using Rag.Ingest.Reading.Pdf;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.PageSegmenter;
using UglyToad.PdfPig.DocumentLayoutAnalysis.ReadingOrderDetector;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;

namespace Rag.PdfPig;

/// <summary>Reads PDF with PdfPig: text in reading order, pages, and the box of every word. For applications that rely on PdfPig already; <see cref="PdfReader"/> needs no package.</summary>
/// <remarks>
/// Words by nearest neighbours, blocks by Docstrum, order by PdfPig's unsupervised detector. Every block is a paragraph: PdfPig knows no headings, lists or tables. Lines of a block are joined by a space.
/// PdfPig cannot be cancelled within a page. Safe for concurrent use.
/// </remarks>
/// <param name="password">What opens encrypted files; <see langword="null"/> when they need none.</param>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class PdfPigReader(string? password = null, ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;
    private readonly ParsingOptions _options = new() { Password = password ?? "", UseLenientParsing = true, SkipMissingFonts = true };

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Ingest.Reading.MediaTypes.Pdf];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        try
        {
            return Read(bytes, documentId, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DocumentFormatException or OutOfMemoryException))
        {
            throw new DocumentFormatException(documentId, $"PdfPig says: {e.Message}", e); // it throws whatever a damaged file leads to
        }
    }

    private Document Read(ReadOnlyMemory<byte> bytes, string documentId, CancellationToken cancellationToken)
    {
        using var pdf = PdfDocument.Open(bytes, _options);
        var text = new PagedText(documentId, _limits.MaxCharacters);
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Add(number, Read(pdf.GetPage(number)));
        }

        return text.ToDocument(PdfTitle.Of(pdf.Information.Title, text.FirstHeading));
    }

    private static RecognizedPage Read(Page page)
    {
        var (text, words) = (new StringBuilder(), new List<WordBox>());
        var found = page.GetWords(NearestNeighbourWordExtractor.Instance).Where(w => !string.IsNullOrWhiteSpace(w.Text)).ToArray();
        foreach (var block in UnsupervisedReadingOrderDetector.Instance.Get(DocstrumBoundingBoxes.Instance.GetBlocks(found)).Select(b => b.TextLines.SelectMany(l => l.Words)))
        {
            text.Append(text.Length > 0 ? "\n\n" : "");
            var start = text.Length;
            foreach (var word in block)
            {
                text.Append(text.Length > start ? " " : "");
                words.Add(new(new(text.Length, text.Length + word.Text.Length), BoxOf(page, word)));
                text.Append(word.Text);
            }
        }

        return new(text.ToString(), words);
    }

    // From the bottom left to the top left; a turned word's box is the upright one around it.
    private static PageBox BoxOf(Page page, Word word)
    {
        var box = word.BoundingBox;
        double[] x = [box.TopLeft.X, box.TopRight.X, box.BottomLeft.X, box.BottomRight.X], y = [box.TopLeft.Y, box.TopRight.Y, box.BottomLeft.Y, box.BottomRight.Y];
        return new(page.Number, x.Min(), page.Height - y.Max(), x.Max(), page.Height - y.Min());
    }
}
