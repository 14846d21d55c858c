using System.Collections.Concurrent;
using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>The fonts of a document, each read once. Safe for concurrent use.</summary>
internal sealed class FontCache
{
    private readonly ConcurrentDictionary<int, Lazy<PdfFont>> _byNumber = [];
    private readonly ConcurrentDictionary<PdfDictionary, Lazy<PdfFont>> _direct = new(ReferenceEqualityComparer.Instance);
    private readonly Func<PdfDictionary, PdfFont> _read;
    private readonly Lazy<PdfFont> _default;

    /// <summary>Reads with <paramref name="read"/>.</summary>
    public FontCache(Func<PdfDictionary, PdfFont> read, IPdfObjects objects)
    {
        _read = read;
        _default = new(() => read(new(
            new Dictionary<string, PdfObject?>
            {
                ["Type"] = new PdfName("Font"),
                ["Subtype"] = new PdfName("Type1"),
                ["BaseFont"] = new PdfName("Helvetica"),
                ["Encoding"] = new PdfName("WinAnsiEncoding"),
            },
            objects)));
    }

    /// <summary>What stands in for a font that is missing.</summary>
    public PdfFont Default => _default.Value;

    /// <summary>The font at <paramref name="font"/>, a reference as a rule; the default one where there is none.</summary>
    public PdfFont Get(PdfObject? font, PdfDictionary? dictionary) => dictionary is null
        ? Default
        : font is PdfReference { Number: var number }
            ? _byNumber.GetOrAdd(number, (_, d) => new(() => Read(d)), dictionary).Value
            : _direct.GetOrAdd(dictionary, (_, d) => new(() => Read(d)), dictionary).Value;

    // one font that cannot be read must not cost the page the rest of its text
    private PdfFont Read(PdfDictionary dictionary)
    {
        try
        {
            return _read(dictionary);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Default;
        }
    }
}
