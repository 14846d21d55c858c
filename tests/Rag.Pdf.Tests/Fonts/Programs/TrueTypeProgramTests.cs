using Rag.Pdf.Fonts.Programs;
using static Rag.Pdf.Tests.Fonts.Programs.FontBuilder;

namespace Rag.Pdf.Tests.Fonts.Programs;

public sealed class TrueTypeProgramTests
{
    [Fact]
    public void TextOfGlyph_reverses_the_unicode_map()
    {
        var program = Open(("cmap", CMap(3, 1, Format4((0x41, 0x43, 10), (0x3042, 0x3042, 20)))));

        Assert.Equal("B", program.TextOfGlyph(11));
        Assert.Equal("あ", program.TextOfGlyph(20));
        Assert.Null(program.TextOfGlyph(13));
    }

    [Fact]
    public void TextOfGlyph_of_two_characters_takes_the_lower() =>
        Assert.Equal(" ", Open(("cmap", CMap(3, 1, Format4((0x20, 0x20, 3), (0xA0, 0xA0, 3))))).TextOfGlyph(3));

    [Fact]
    public void TextOfGlyph_reads_characters_beyond_the_basic_plane()
    {
        var program = Open(("cmap", CMap(3, 10, [.. U16(12, 0), .. U32(28, 0, 1, 0x1F600, 0x1F601, 7)])));

        Assert.Equal("😁", program.TextOfGlyph(8));
    }

    [Fact]
    public void TextOfGlyph_without_a_unicode_map_takes_the_name() =>
        Assert.Equal("é", Open(("post", Post(".notdef", "eacute", "g2"))).TextOfGlyph(1));

    [Theory]
    [InlineData(0xF041)]
    [InlineData(0x41)]
    public void TextOfCode_goes_through_the_symbol_map(int code) =>
        Assert.Equal("alpha", Open(("cmap", CMap(3, 0, Format4((code, code, 1)))), ("post", Post(".notdef", "alpha"))).TextOfCode(0x41) is "α" ? "alpha" : "");

    [Fact]
    public void TextOfCode_goes_through_the_macintosh_map() =>
        Assert.Equal("β", Open(("cmap", CMap(1, 0, [.. U16(6, 0, 0, 0x20, 2, 1, 2)])), ("post", Post(".notdef", "alpha", "beta"))).TextOfCode(0x21));

    [Fact]
    public void TextOfCode_without_names_takes_codes_for_latin_only_where_they_have_gaps()
    {
        Assert.Equal("A", Open(("cmap", CMap(1, 0, Format4((0x41, 0x41, 1), (0x48, 0x48, 2), (0x61, 0x65, 3))))).TextOfCode(0x41));
        Assert.Null(Open(("cmap", CMap(1, 0, Format4((0x21, 0x30, 1))))).TextOfCode(0x21));
    }

    [Fact]
    public void Open_reads_an_OpenType_font_with_CFF_outlines() =>
        Assert.Equal("é", Open(("CFF ", Cff(["eacute"], 0x41))).TextOfGlyph(1));

    private static IFontProgram Open(params (string Tag, byte[] Data)[] tables) => FontProgram.Open(OpenType(tables))!;
}
