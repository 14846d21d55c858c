using Rag.Pdf.Fonts.Programs;

namespace Rag.Pdf.Tests.Fonts.Programs;

public sealed class CffProgramTests
{
    [Fact]
    public void TextOfGlyph_takes_the_name_from_the_charset()
    {
        var program = FontProgram.Open(FontBuilder.Cff(["eacute", "f_i", "g7"], 65))!;

        Assert.Equal(["é", "fi", null, null], new[] { 1, 2, 3, 4 }.Select(program.TextOfGlyph));
        Assert.Equal(2, program.GlyphOfCid(2));
    }

    [Fact]
    public void TextOfCode_goes_through_the_encoding()
    {
        var program = FontProgram.Open(FontBuilder.Cff(["eacute", "alpha"], 65))!;

        Assert.Equal(["é", "α", null], new byte[] { 65, 66, 67 }.Select(program.TextOfCode));
    }

    [Fact]
    public void GlyphOfCid_of_a_program_for_CIDs_goes_through_its_charset()
    {
        var program = FontProgram.Open(FontBuilder.Cff([], 0, cids: [100, 843]))!;

        Assert.Equal(2, program.GlyphOfCid(843));
        Assert.Equal(0, program.GlyphOfCid(5));
        Assert.Null(program.TextOfGlyph(1));
    }
}
