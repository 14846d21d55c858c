using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Tests.Fonts;

public sealed class SimpleFontTests
{
    [Fact]
    public void Read_of_a_standard_font_uses_its_encoding_and_metrics()
    {
        var font = Written.Font("<< /Subtype /Type1 /BaseFont /Helvetica >>");

        var glyphs = font.Glyphs("A 'fi"u8.ToArray());

        Assert.Equal(["A", " ", "’", "f", "i"], glyphs.Select(g => g.Text));
        Assert.Equal([0.667f, 0.278f, 0.222f, 0.278f, 0.222f], glyphs.Select(g => g.Width)); // Helvetica.afm
        Assert.Equal([false, true, false, false, false], glyphs.Select(g => g.IsWordSpace));
    }

    [Theory]
    [InlineData("WinAnsiEncoding", 0x80, "€")]
    [InlineData("WinAnsiEncoding", 0x95, "•")]
    [InlineData("WinAnsiEncoding", 0xAD, "-")]
    [InlineData("WinAnsiEncoding", 0xA0, "\u00A0")]
    [InlineData("MacRomanEncoding", 0x80, "Ä")]
    [InlineData("MacRomanEncoding", 0xDE, "fi")]
    [InlineData("StandardEncoding", 0xAE, "fi")]
    [InlineData("StandardEncoding", 0xE1, "Æ")]
    [InlineData("MacExpertEncoding", 0x57, "fi")]
    public void Read_follows_the_named_encoding(string encoding, byte code, string text) =>
        Assert.Equal(text, Written.Font($"<< /Subtype /Type1 /BaseFont /Times-Roman /Encoding /{encoding} >>").Text(code));

    [Theory]
    [InlineData("Symbol", 0x61, "α")]
    [InlineData("Symbol", 0xB7, "•")]
    [InlineData("ZapfDingbats", 0x34, "✔")]
    [InlineData("ABCDEF+Wingdings-Regular", 0xA7, "▪")]
    public void Read_knows_the_encodings_of_symbol_fonts(string name, byte code, string text) =>
        Assert.Equal(text, Written.Font($"<< /Subtype /TrueType /BaseFont /{name} >>").Text(code));

    [Fact]
    public void Read_takes_differences_over_the_base_encoding()
    {
        var font = Written.Font("<< /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /alpha /f_f_i 300 /x -5 /y 97 /.notdef /a98 /Lslash] >> >>");

        Assert.Equal("αffiCbŁd", font.Text("ABCabcd"u8.ToArray()));
    }

    [Fact]
    public void Read_knows_the_names_of_dingbats_only_in_their_font()
    {
        static string Shown(string name) => Written.Font($"<< /Subtype /Type1 /BaseFont /{name} /Encoding << /Differences [65 /a20 /a66] >> >>").Text(65, 66);

        Assert.Equal("✔❇", Shown("ZapfDingbats"));
        Assert.Equal("\uFFFDB", Shown("Nobody"));
    }

    [Fact]
    public void Read_takes_ToUnicode_over_all_else_but_not_where_it_says_nothing()
    {
        var font = Written.Font(pdf =>
        {
            var map = pdf.AddStream("beginbfchar <41> <05D0> <42> <0000> <43> <E001> <44> <FB01> <45> <> endbfchar");
            return $"<< /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode {map} 0 R >>";
        });

        Assert.Equal("אBCfiEF", font.Text("ABCDEF"u8.ToArray()));
    }

    [Fact]
    public void Read_takes_widths_from_the_array_then_the_descriptor()
    {
        var font = Written.Font("<< /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 66 /Widths [600 700] /FontDescriptor << /MissingWidth 250 >> >>");

        Assert.Equal([0.6f, 0.7f, 0.25f], font.Glyphs("ABC"u8.ToArray()).Select(g => g.Width));
    }

    [Theory]
    [InlineData("/FirstChar -2147483648 /Widths [1 2 3]")]
    [InlineData("/FirstChar 2147483647 /Widths [1 2 3]")]
    [InlineData("/FirstChar 250 /LastChar 9 /Widths [1e300 (x) /y null -1e300 1 2 3 4 5 6 7 8]")]
    [InlineData("/FirstChar /x /Widths 7")]
    public void Read_survives_widths_that_make_no_sense(string widths)
    {
        var font = Written.Font($"<< /Subtype /Type1 /BaseFont /Courier {widths} >>");

        Assert.All(font.Glyphs([.. Enumerable.Range(0, 256).Select(c => (byte)c)]), g => Assert.InRange(g.Width, -100, 100));
    }

    [Fact]
    public void Read_of_a_Type3_font_scales_by_its_matrix()
    {
        var font = Written.Font("<< /Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FontBBox [0 -20 100 80] /FirstChar 97 /LastChar 98 /Widths [50 60] /Encoding << /Differences [97 /A /g7] >> >>");

        var glyphs = font.Glyphs("ab"u8.ToArray());

        Assert.Equal([0.5f, 0.6f], glyphs.Select(g => g.Width));
        Assert.Equal(["A", "\uFFFD"], glyphs.Select(g => g.Text));
        Assert.Equal((0.8f, -0.2f), (font.Ascent, font.Descent));
    }

    [Fact]
    public void Read_guesses_latin_text_only_where_the_font_is_not_symbolic()
    {
        byte[] nothing = [1, 2, 3, 4];
        string Embedded(int flags) => Written.Font(pdf => $"<< /Subtype /TrueType /BaseFont /X /FontDescriptor << /Flags {flags} /FontFile2 {pdf.AddStream(nothing)} 0 R >> >>").Text("A"u8.ToArray());

        Assert.Equal("A", Embedded(32));
        Assert.Equal("\uFFFD", Embedded(4));
    }

    [Fact]
    public void Read_of_a_Type3_font_guesses_from_codes_only_where_these_have_gaps()
    {
        static string Shown(string differences) => Written.Font($"<< /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /Encoding << /Differences [{differences}] >> >>").Text(65, 67);

        Assert.Equal("AC", Shown("65 /BA 67 /CT 97 /D5"));
        Assert.Equal("\uFFFD\uFFFD", Shown("65 /BA /BB /CT /D5"));
    }

    [Fact]
    public void Read_of_an_empty_dictionary_is_readable_text() =>
        Assert.Equal("Hello", FontReader.Read(new(new Dictionary<string, PdfObject?>(), Direct.Objects), new()).Text("Hello"u8.ToArray()));

    [Fact]
    public void Read_gives_the_same_string_for_the_same_code()
    {
        var font = Written.Font("<< /Subtype /Type1 /BaseFont /Symbol >>");

        Assert.Same(font.Glyphs(0x61)[0].Text, font.Glyphs(0x61)[0].Text);
    }
}
