using Rag.Pdf.Files;
using Rag.Pdf.Fonts;
using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests.Fonts;

/// <summary>Fonts read from small files, and what they show.</summary>
internal static class Written
{
    /// <summary>The font that a file's last object is.</summary>
    public static PdfFont Font(Func<PdfWriter, string> write, PdfWarnings? warnings = null)
    {
        var pdf = new PdfWriter();
        var number = pdf.Add(write(pdf));
        pdf.AddPage("");
        return FontReader.Read((PdfDictionary)new Opened(pdf.ToBytes())[number]!, warnings ?? new());
    }

    public static PdfFont Font(string body) => Font(_ => body);

    /// <summary>A font with codes of two bytes.</summary>
    /// <param name="descendant">Entries of its CIDFont.</param>
    /// <param name="entries">Its own entries besides its descendant; <c>#</c> stands for the number of a stream that holds <paramref name="stream"/>.</param>
    /// <param name="stream">A CMap or a font program.</param>
    public static PdfFont Composite(string descendant, string entries = "/Encoding /Identity-H", byte[]? stream = null) => Font(pdf =>
    {
        var number = stream is null ? 0 : pdf.AddStream(stream);
        var below = pdf.Add($"<< /Type /Font {descendant.Replace("#", $"{number} 0 R", StringComparison.Ordinal)} >>");
        return $"<< /Type /Font /Subtype /Type0 /DescendantFonts [{below} 0 R] {entries.Replace("#", $"{number} 0 R", StringComparison.Ordinal)} >>";
    });

    public static List<FontGlyph> Glyphs(this PdfFont font, params byte[] text)
    {
        var glyphs = new List<FontGlyph>();
        for (var i = 0; i < text.Length;)
        {
            var taken = font.Read(text.AsSpan(i), out var glyph);
            Assert.InRange(taken, 1, text.Length - i);
            Assert.NotNull(glyph.Text);
            Assert.True(float.IsFinite(glyph.Width));
            glyphs.Add(glyph);
            i += taken;
        }

        return glyphs;
    }

    public static string Text(this PdfFont font, params byte[] text) => string.Concat(font.Glyphs(text).Select(g => g.Text));
}
