using System.Text;

namespace Rag.Pdf.Tests.Fonts;

public sealed class CompositeFontTests
{
    private const string Japanese = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>";

    [Fact]
    public void Read_takes_text_from_ToUnicode_and_widths_from_W()
    {
        var font = Written.Composite("/Subtype /CIDFontType2 /DW 500 /W [1 [250 333] 10 20 600 16 16 [700]]", "/Encoding /Identity-H /ToUnicode #", "beginbfrange <0001> <0020> <0041> endbfrange"u8.ToArray());

        var glyphs = font.Glyphs(0, 1, 0, 2, 0, 10, 0, 20, 0, 3);

        Assert.Equal(["A", "B", "J", "T", "C"], glyphs.Select(g => g.Text));
        Assert.Equal([0.25f, 0.333f, 0.6f, 0.6f, 0.5f], glyphs.Select(g => g.Width));
        Assert.DoesNotContain(glyphs, g => g.IsWordSpace);
    }

    [Fact]
    public void Read_without_ToUnicode_takes_text_from_the_collection() =>
        Assert.Equal("あA", Written.Composite($"/Subtype /CIDFontType0 {Japanese}").Text(843 >> 8, 843 & 255, 0, 34));

    [Fact]
    public void Read_of_a_predefined_cmap_decodes_its_character_set()
    {
        var font = Written.Composite($"/Subtype /CIDFontType0 {Japanese} /W [231 [512] 843 [900]]", "/Encoding /90ms-RKSJ-H");

        var glyphs = font.Glyphs([0x82, 0xA0, .. " A"u8]);

        Assert.Equal(["あ", " ", "A"], glyphs.Select(g => g.Text));
        Assert.Equal([0.9f, 0.512f, 1f], glyphs.Select(g => g.Width));
        Assert.Equal([false, true, false], glyphs.Select(g => g.IsWordSpace));
    }

    [Fact]
    public void Read_of_codes_of_four_bytes_decodes_them()
    {
        var font = Written.Composite($"/Subtype /CIDFontType0 {Japanese}", "/Encoding /UniJIS-UTF16-H");

        Assert.Equal("😀あ", font.Text([.. Encoding.BigEndianUnicode.GetBytes("😀あ")]));
    }

    [Fact]
    public void Read_of_a_vertical_font_gives_its_metrics()
    {
        var font = Written.Composite($"/Subtype /CIDFontType0 {Japanese} /DW 1000 /W [34 [600]] /W2 [843 [-900 400 800] 900 901 -500 1 2]", "/Encoding /Identity-V");

        var glyphs = font.Glyphs(0, 34, 843 >> 8, 843 & 255, 901 >> 8, 901 & 255);

        Assert.True(font.IsVertical);
        Assert.Equal([-1f, -0.9f, -0.5f], glyphs.Select(g => g.VerticalAdvance));
        Assert.Equal([0.3f, 0.4f, 0.001f], glyphs.Select(g => g.OriginX));
        Assert.Equal([0.88f, 0.8f, 0.002f], glyphs.Select(g => g.OriginY));
    }

    [Fact]
    public void Read_of_an_embedded_cmap_uses_its_cids()
    {
        var font = Written.Composite($"/Subtype /CIDFontType0 {Japanese} /W [34 [700]]", "/Encoding #", "1 begincodespacerange <00> <FF> endcodespacerange 1 begincidrange <30> <39> 34 endcidrange"u8.ToArray());

        Assert.Equal("AB", font.Text(0x30, 0x31));
        Assert.Equal(0.7f, font.Glyphs(0x30)[0].Width);
    }

    [Fact]
    public void Read_where_ToUnicode_is_identity_takes_codes_as_text() =>
        Assert.Equal("Aé", Written.Composite("/Subtype /CIDFontType2", "/Encoding /Identity-H /ToUnicode /Identity-H").Text(0, 0x41, 0, 0xE9));

    [Fact]
    public void Read_where_ToUnicode_leads_to_cids_takes_these_as_text() =>
        Assert.Equal("A", Written.Composite("/Subtype /CIDFontType2", "/Encoding /Identity-H /ToUnicode #", "begincidrange <0000> <FFFF> 0 endcidrange"u8.ToArray()).Text(0, 0x41));

    [Fact]
    public void Read_of_a_code_of_which_nothing_is_known_is_the_replacement_character() =>
        Assert.Equal("\uFFFD", Written.Composite("/Subtype /CIDFontType2 /BaseFont /Nobody").Text(0, 5));

    [Fact]
    public void Read_of_the_missing_glyph_is_empty() => Assert.Equal("", Written.Composite("/Subtype /CIDFontType2").Text(0, 0));

    [Fact]
    public void Read_of_a_font_of_Windows_that_is_not_embedded_knows_the_order_of_its_glyphs() =>
        Assert.Equal("A b", Written.Composite("/Subtype /CIDFontType2 /BaseFont /ArialMT").Text(0, 36, 0, 3, 0, 69));

    [Fact]
    public void Read_of_the_last_byte_of_an_odd_string_takes_it() => Assert.Equal(2, Written.Composite("/Subtype /CIDFontType2").Glyphs(0, 5, 7).Count);

    [Theory]
    [InlineData("/W [0 65535 [1 2] 99999999999 5 -1 -5 7 [3 (x)] 1 2]")]
    [InlineData("/W [[[]] [] 5 /x 9 10] /DW -1e99")]
    [InlineData("/W2 [1 [2 3] 5 6 7] /DW2 [/x /y]")]
    [InlineData("/W 7 /W2 /x")]
    public void Read_survives_metrics_that_make_no_sense(string metrics)
    {
        var font = Written.Composite($"/Subtype /CIDFontType2 {metrics}", "/Encoding /Identity-V");

        Assert.All(font.Glyphs([.. Enumerable.Range(0, 512).Select(c => (byte)(c / 2))]), g => Assert.InRange(g.Width, -100, 100));
    }

    [Theory]
    [InlineData("/Encoding /NoSuchThing")]
    [InlineData("/Encoding 7")]
    [InlineData("")]
    public void Read_with_an_unknown_encoding_warns_and_takes_it_as_identity(string entries)
    {
        var warnings = new PdfWarnings();
        var font = Written.Font(_ => $"<< /Subtype /Type0 /DescendantFonts [<< /Subtype /CIDFontType0 {Japanese} >>] {entries} >>", warnings);

        Assert.Equal("A", font.Text(0, 34));
        Assert.Contains(warnings.ToList(), w => w.Message.Contains("CMap", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_from_many_threads_gives_the_same()
    {
        var text = new byte[20_000];
        new Random(3).NextBytes(text);
        var expected = Written.Composite($"/Subtype /CIDFontType0 {Japanese}").Text(text);
        var font = Written.Composite($"/Subtype /CIDFontType0 {Japanese}");

        var shown = new string[8];
        Parallel.For(0, 8, i => shown[i] = font.Text(text));

        Assert.All(shown, s => Assert.Equal(expected, s));
    }
}
