namespace Rag.Pdf.Tests.Fonts;

public sealed class FontTraitsTests
{
    [Theory]
    [InlineData("ABCDEF+Times-Bold", "Times-Bold")]
    [InlineData("Times-Bold", "Times-Bold")]
    [InlineData("ABCDE+Times", "ABCDE+Times")]
    [InlineData("abcdef+Times", "abcdef+Times")]
    [InlineData("ABCDEF+", "ABCDEF+")]
    public void Name_has_no_subset_prefix(string written, string name) => Assert.Equal(name, Written.Font($"<< /Subtype /Type1 /BaseFont /{written} >>").Name);

    [Theory]
    [InlineData("/BaseFont /Arial,BoldItalic", true, true, false)]
    [InlineData("/BaseFont /Helvetica-Oblique", false, true, false)]
    [InlineData("/BaseFont /Inter-SemiBold", true, false, false)]
    [InlineData("/BaseFont /Courier", false, false, true)]
    [InlineData("/BaseFont /X /FontDescriptor << /Flags 262144 >>", true, false, false)]
    [InlineData("/BaseFont /X /FontDescriptor << /Flags 65 >>", false, true, true)]
    [InlineData("/BaseFont /X /FontDescriptor << /FontWeight 700 /ItalicAngle -12 >>", true, true, false)]
    [InlineData("/BaseFont /X /FontDescriptor << /FontWeight 400 /ItalicAngle 0 >>", false, false, false)]
    public void Style_comes_from_the_name_and_the_descriptor(string entries, bool isBold, bool isItalic, bool isFixedPitch)
    {
        var font = Written.Font($"<< /Subtype /TrueType {entries} >>");

        Assert.Equal((isBold, isItalic, isFixedPitch), (font.IsBold, font.IsItalic, font.IsFixedPitch));
    }

    [Theory]
    [InlineData("/Ascent 905 /Descent -212", 0.905f, -0.212f)]
    [InlineData("/Ascent 905 /Descent 212", 0.905f, -0.212f)]
    [InlineData("/Ascent 0.9 /Descent -0.2", 0.9f, -0.2f)]
    [InlineData("/Ascent 0 /Descent 0 /FontBBox [-100 -250 1000 950]", 0.95f, -0.25f)]
    [InlineData("/Ascent 32000 /Descent -32000", 0.75f, -0.25f)]
    [InlineData("/Ascent 0 /Descent 0 /FontBBox [0 0 0 0]", 0.75f, -0.25f)]
    [InlineData("/FontBBox [(x) 1 2]", 0.75f, -0.25f)]
    public void Heights_are_sane(string descriptor, float ascent, float descent)
    {
        var font = Written.Font($"<< /Subtype /TrueType /BaseFont /X /FontDescriptor << {descriptor} >> >>");

        Assert.Equal((ascent, descent), (font.Ascent, font.Descent));
    }
}
