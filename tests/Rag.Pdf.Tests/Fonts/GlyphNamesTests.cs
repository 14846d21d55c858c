using Rag.Pdf.Fonts;

namespace Rag.Pdf.Tests.Fonts;

public sealed class GlyphNamesTests
{
    // examples of the Adobe Glyph List Specification, section 2, among others
    [Theory]
    [InlineData("A", "A")]
    [InlineData("eacute", "é")]
    [InlineData("Lcommaaccent", "Ļ")]
    [InlineData("uni20AC", "€")]
    [InlineData("uni20AC0308", "€\u0308")]
    [InlineData("u20AC", "€")]
    [InlineData("u1F600", "😀")]
    [InlineData("U+0041", "A")]
    [InlineData("Lcommaaccent_uni20AC0308_u1040C.alternate", "Ļ€\u0308\U0001040C")]
    [InlineData("f_f_i", "ffi")]
    [InlineData("fi", "fi")]
    [InlineData("ffl", "ffl")]
    [InlineData("T_h.liga", "Th")]
    [InlineData("a.sc", "a")]
    [InlineData("one.oldstyle", "1")]
    [InlineData("Asmall", "a")]
    [InlineData("zerooldstyle", "0")]
    [InlineData("parenleftBigg", "(")]
    [InlineData("summationdisplay", "∑")]
    [InlineData("space", " ")]
    [InlineData("nbspace", "\u00A0")]
    [InlineData("softhyphen", "\u00AD")]
    [InlineData(".null", "")]
    [InlineData("nonmarkingreturn", "")]
    public void TextOf_follows_the_glyph_list(string name, string text) => Assert.Equal(text, GlyphNames.TextOf(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("_")]
    [InlineData(".notdef")]
    [InlineData("g12")]
    [InlineData("a20")]
    [InlineData("cid1234")]
    [InlineData("uniD800")]
    [InlineData("uni00")]
    [InlineData("uniXYZW")]
    [InlineData("uni0000")]
    [InlineData("uniE001")]
    [InlineData("u110000")]
    [InlineData("u-0041")]
    [InlineData("f_nosuchglyph")]
    public void TextOf_a_name_that_means_nothing_is_absent(string name) => Assert.Null(GlyphNames.TextOf(name));

    [Theory]
    [InlineData("g12", 12)]
    [InlineData("cid00345", 345)]
    [InlineData("glyph7", 7)]
    [InlineData("index12", 12)]
    [InlineData("A", null)]
    [InlineData("12", null)]
    [InlineData("verylongname12", null)]
    [InlineData("g99999999999", null)]
    public void NumberIn_finds_the_number_after_a_short_word(string name, int? number) => Assert.Equal(number, GlyphNames.NumberIn(name));

    [Fact]
    public void NumberIn_reads_hexadecimal_where_it_is_told_to() => Assert.Equal(0x4F, GlyphNames.NumberIn("G4F", isHexadecimal: true));

    [Fact]
    public void TextOf_never_gives_private_use_characters()
    {
        foreach (var name in (string[])["dotlessj", "copyrightserif", "Acutesmall", "radicalex", "bracelefttp", "commaaccent", "afii10063", "apple"])
        {
            Assert.DoesNotContain(GlyphNames.TextOf(name) ?? "", c => c is >= '\uE000' and < '\uF900');
        }
    }
}
