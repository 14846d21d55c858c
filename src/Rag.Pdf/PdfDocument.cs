using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Pdf.Content;
using Rag.Pdf.Files;
using Rag.Pdf.Layout;

namespace Rag.Pdf;

/// <summary>An open PDF file: its pages as text with positions, and what it says about itself. Safe for concurrent use.</summary>
/// <example><code>
/// var document = PdfDocument.Open(File.ReadAllBytes("report.pdf"));
/// await foreach (var page in document.ReadPagesAsync())
/// {
///     Console.WriteLine(page.Text);
/// }
/// </code></example>
public sealed class PdfDocument
{
    private const int Around = 8; // pages on each side that tell running heads and the size of the body text

    private readonly PdfOptions _options;
    private readonly PdfWarnings _warnings;
    private readonly PageReader _reader;
    private readonly ILookup<int, PdfOutlineItem> _outline;
    private readonly ConcurrentBag<LineBuilder> _builders = []; // kept for their memory

    private PdfDocument(PdfFile file, PdfOptions options, PdfWarnings warnings)
    {
        _options = options;
        _warnings = warnings;
        _reader = new(file, warnings);
        Metadata = Structure.Metadata.Read(file.Catalog, file.Information, warnings);
        Outline = Structure.Outline.Read(file.Catalog, new(file.Catalog, _reader.Pages));
        _outline = Outline.Where(i => i.Page is not null).ToLookup(i => i.Page!.Value);
        PageLabels = [.. Structure.PageLabels.Read(file.Catalog, _reader.Pages.Count).Select((label, i) => label ?? (i + 1).ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Number of pages; 0 for a file that has none.</summary>
    public int PageCount => _reader.Pages.Count;

    /// <summary>What the file says about itself.</summary>
    public PdfMetadata Metadata { get; }

    /// <summary>Its bookmarks, parents before their children.</summary>
    public IReadOnlyList<PdfOutlineItem> Outline { get; }

    /// <summary>The number that is printed on each page, such as <c>iv</c>; where the file says nothing, the page's number in digits.</summary>
    public IReadOnlyList<string> PageLabels { get; }

    /// <summary>What was wrong in the file so far and was repaired or left out: complete when all pages have been read. Those of the file first, then page by page; a hundred at most.</summary>
    public IReadOnlyList<PdfWarning> Warnings => _warnings.ToList();

    /// <summary>Opens a file. Damaged files are repaired where possible.</summary>
    /// <param name="file">The whole file; kept as long as the document, not copied, not to be changed.</param>
    /// <param name="options">Password, limits and what is left out; default <c>new()</c>.</param>
    /// <exception cref="PdfException">Not a PDF, damaged beyond repair, or a password is needed.</exception>
    public static PdfDocument Open(ReadOnlyMemory<byte> file, PdfOptions? options = null)
    {
        options ??= new();
        var warnings = new PdfWarnings();
        return new(PdfFile.Open(file, options, warnings), options, warnings);
    }

    /// <summary>Reads all pages, in order.</summary>
    /// <remarks>Pages are read ahead in parallel, as many as there are processors; besides those only the lines of a few pages around are held. A page that is damaged gives what could be read of it, and a warning.</remarks>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<PdfPage> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ahead = Environment.ProcessorCount + 1;
        var lines = new Task<PageLines>[PageCount];
        var pages = new Task<PdfPage>[PageCount];
        var (begun, laidOut) = (0, 0);
        PdfPage? before = null;
        for (var i = 0; i < PageCount; i++)
        {
            for (; laidOut < Math.Min(PageCount, i + ahead); laidOut++)
            {
                for (; begun < Math.Min(PageCount, laidOut + Around + 1); begun++)
                {
                    var index = begun;
                    lines[begun] = Task.Run(() => Lines(index + 1, cancellationToken), cancellationToken);
                }

                pages[laidOut] = LayOutAsync(lines[Math.Max(0, laidOut - Around)..begun], laidOut, cancellationToken);
            }

            var page = await pages[i];
            yield return before is null || !Continues(before, page) ? page : page with { ContinuesParagraph = true };
            (before, pages[i]) = (page, null!);
            if (i >= Around)
            {
                lines[i - Around] = null!;
            }
        }
    }

    private static bool Continues(PdfPage before, PdfPage page) =>
        before.Blocks is [.., { Kind: PdfBlockKind.Paragraph }] && page.Blocks is [{ Kind: PdfBlockKind.Paragraph }, ..]
        && char.IsLower(page.Text[0]) && before.Text[^1] is not ('.' or '!' or '?' or ':' or ';');

    private PageLines Lines(int number, CancellationToken cancellationToken)
    {
        var content = _reader.Read(number, cancellationToken);
        var builder = _builders.TryTake(out var free) ? free : new();
        var lines = PageLayout.Lines(content, _reader.Structure is { HasSuspects: false } tree ? id => tree.Find(number, content, id) : null, builder, _options);
        _builders.Add(builder);
        _reader.Return(content);
        if (lines.Hidden > 0)
        {
            var what = _options.SkipHiddenText ? "was left out" : "is part of the text";
            _warnings.Add($"Text of {lines.Hidden} characters that nobody sees (invisible, white on white, off the page or tiny) {what}.", number);
        }

        if (lines.Lines.Count > PageZones.MostLines)
        {
            _warnings.Add($"The page has {lines.Lines.Count} lines of text, more than are put in order; they come as they were painted.", number);
        }

        return lines;
    }

    private async Task<PdfPage> LayOutAsync(Task<PageLines>[] around, int index, CancellationToken cancellationToken)
    {
        var window = await Task.WhenAll(around);
        cancellationToken.ThrowIfCancellationRequested();
        return PageLayout.Page(window[Math.Min(index, Around)], window, index + 1, PageLabels[index], new(_outline[index + 1]), _options);
    }
}
