using Rag.Pdf.Files;
using Rag.Pdf.Fonts;
using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests.Fonts;

public sealed class SharedFontsTests
{
    [Fact]
    public void Read_of_every_font_of_real_files_takes_all_codes()
    {
        var fonts = 0;
        foreach (var path in Directory.GetFiles(SharedData.Require("pdf/files"), "*.pdf").Order(StringComparer.Ordinal))
        {
            foreach (var font in Fonts(path))
            {
                fonts++;
                for (var first = 0; first < 256; first++)
                {
                    Assert.All(font.Glyphs((byte)first, (byte)(first * 7), (byte)'A', (byte)'B'), g => Assert.InRange(g.Width, -100, 100));
                }

                Assert.True(font.Ascent > font.Descent);
            }
        }

        Assert.True(fonts > 100);
    }

    // what other extractors show for these strings of the files, or, for the first, what the page shows and they do not
    [Theory]
    [InlineData("pdfminer.six__issue-791-non-unicode-cmap", "Arial", "0033", "P")]
    [InlineData("pdfbox__PDFBOX-4322-Empty-ToUnicode-reduced", "Calibri", "004A", "J")]
    [InlineData("pdfminer.six__issue-625-identity-cmap", "LiberationSans", "0041", "A")]
    [InlineData("pdfbox__PDFBOX-3127-RAU4G6QMOVRYBISJU7R6MOVZCRFUO7P4-VFont", "", "", "")]
    public void Read_of_a_difficult_font_gives_its_text(string file, string name, string code, string text)
    {
        var fonts = Fonts(SharedData.Require($"pdf/files/{file}.pdf")).ToList();

        Assert.NotEmpty(fonts);
        Assert.True(code.Length == 0 || fonts.Any(f => f.Name == name && f.Text(Convert.FromHexString(code)) == text));
    }

    private static IEnumerable<PdfFont> Fonts(string path)
    {
        Opened opened;
        try
        {
            opened = new(File.ReadAllBytes(path));
        }
        catch (PdfException)
        {
            yield break;
        }

        foreach (var number in opened.File.Numbers.Order())
        {
            if (opened[number] is PdfDictionary dictionary && dictionary.Name("Type") == "Font" && dictionary.Name("Subtype") is not ("CIDFontType0" or "CIDFontType2"))
            {
                yield return FontReader.Read(dictionary, new());
            }
        }
    }
}
