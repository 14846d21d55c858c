using System.Buffers;
using System.Collections.Concurrent;
using Rag.Pdf.Files;
using Rag.Pdf.Fonts;
using Rag.Pdf.Structure;

namespace Rag.Pdf.Content;

/// <summary>Reads pages: what they show, and the annotations on them. Safe for concurrent use.</summary>
internal sealed class PageReader
{
    private const int MostSpareLetters = 50_000;
    private readonly PdfDictionary _catalog;
    private readonly PdfWarnings _warnings;
    private readonly FontCache _fonts;
    private readonly OptionalContent _optional;
    private readonly Lazy<StructureTree?> _structure;

    // thousands of letters a page lie on the large object heap, which only full collections clean up
    private readonly ConcurrentBag<List<Letter>> _spare = [];

    /// <summary>Reads pages of a file.</summary>
    public PageReader(PdfFile file, PdfWarnings warnings)
        : this(file, warnings, font => FontReader.Read(font, warnings))
    {
    }

    /// <summary>Reads pages with fonts from elsewhere.</summary>
    public PageReader(PdfFile file, PdfWarnings warnings, Func<PdfDictionary, PdfFont> readFont)
    {
        _catalog = file.Catalog;
        _warnings = warnings;
        _fonts = new(readFont, file);
        _optional = new(_catalog.Dictionary("OCProperties"));
        Pages = new(_catalog, () => Scan(file), warnings);
        _structure = new(() => StructureTree.Read(_catalog, Pages));
    }

    public PageTree Pages { get; }

    /// <summary>The logical structure, read when it is first asked for; <see langword="null"/> where there is none.</summary>
    public StructureTree? Structure => _structure.Value;

    /// <summary>Reads a page. What is damaged gives what could be read, and a warning.</summary>
    /// <param name="pageNumber">1-based.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public PageContent Read(int pageNumber, CancellationToken cancellationToken)
    {
        var page = Pages[pageNumber - 1];
        var content = new PageContent { Width = (float)page.Width, Height = (float)page.Height, Beads = Beads.Read(page), Letters = _spare.TryTake(out var spare) ? spare : [] };
        var reader = new ContentReader(content, page.Transform, _fonts, _optional, cancellationToken);
        var resources = new Resources(page.Resources, null, _fonts);
        Attempt(() => Read(reader, page, resources, pageNumber), "The page could be read only in part", pageNumber);
        reader.Finish();
        if (page.Dictionary.Array("Annots") is { } annotations)
        {
            var fields = new FieldText(content, _catalog.Dictionary("AcroForm"), _fonts);
            Attempt(() => new Annotations(reader, content, page.Transform, _optional, fields).Read(annotations, resources), "The annotations could be read only in part", pageNumber);
            reader.Finish();
        }

        if (reader.Damage is { } damage)
        {
            _warnings.Add($"A form on the page could not be read: {damage}", pageNumber);
        }

        if (reader.HasOverflow)
        {
            _warnings.Add("The page has more content than is read; the rest was left out.", pageNumber);
        }

        return content;
    }

    /// <summary>Takes back a page that is not needed any more, to use its memory again; optional.</summary>
    public void Return(PageContent page)
    {
        if (page.Letters.Capacity <= MostSpareLetters)
        {
            page.Letters.Clear();
            _spare.Add(page.Letters);
        }
    }

    private static IEnumerable<(int Number, PdfDictionary Page)> Scan(PdfFile file)
    {
        foreach (var number in file.Numbers.Order())
        {
            if (file.Resolve(new PdfReference(number, 0)) is PdfDictionary dictionary && dictionary.Name("Type") == "Page")
            {
                yield return (number, dictionary);
            }
        }
    }

    private void Attempt(Action read, string failure, int pageNumber)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _warnings.Add($"{failure}: {e.Message}", pageNumber);
        }
    }

    private void Read(ContentReader reader, PageNode page, Resources resources, int pageNumber)
    {
        if (page.Dictionary["Contents"] is PdfStream single)
        {
            using var bytes = single.Decode();
            reader.Read(bytes.Span, resources);
        }
        else if (page.Dictionary["Contents"] is PdfArray several)
        {
            var joined = new ArrayBufferWriter<byte>(4096);
            for (var i = 0; i < several.Count; i++)
            {
                Append(several[i] as PdfStream, joined, pageNumber);
            }

            reader.Read(joined.WrittenSpan, resources);
        }
    }

    // one token never runs on into the next stream (7.8.2)
    private void Append(PdfStream? stream, ArrayBufferWriter<byte> joined, int pageNumber) => Attempt(
        () =>
        {
            using var bytes = stream?.Decode() ?? default;
            joined.Write(bytes.Span);
            joined.Write("\n"u8);
        },
        "A part of the page's content could not be read",
        pageNumber);
}
