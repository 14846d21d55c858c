using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class HiddenTextTests
{
    private const string Text = "BT /F 10 Tf 20 50 Td (a) Tj ET";

    [Theory]
    [InlineData("3 Tr", (int)LetterFlags.Invisible)]
    [InlineData("7 Tr", (int)LetterFlags.Invisible)]
    [InlineData("1 Tr", (int)LetterFlags.None)]
    [InlineData("1 g", (int)LetterFlags.White)]
    [InlineData("1 1 1 rg", (int)LetterFlags.White)]
    [InlineData("0 0 0 0 k", (int)LetterFlags.White)]
    [InlineData("0.98 g", (int)LetterFlags.White)]
    [InlineData("1 1 0 rg", (int)LetterFlags.None)]
    [InlineData("0.8 g", (int)LetterFlags.None)]
    [InlineData("/DeviceRGB cs 1 1 1 sc", (int)LetterFlags.White)]
    [InlineData("/Pattern cs /P1 scn", (int)LetterFlags.None)]
    [InlineData("1 g 1 Tr", (int)LetterFlags.None)]
    [InlineData("1 G 1 Tr", (int)LetterFlags.White)]
    [InlineData("1 g 0 0 200 100 re f", (int)LetterFlags.White)]
    [InlineData("0 0 1 rg 0 0 200 100 re f 1 g", (int)LetterFlags.None)]
    [InlineData("0 0 1 rg 100 0 100 100 re f 1 g", (int)LetterFlags.White)]
    [InlineData("0 0 1 rg 0 0 200 100 re f 1 g 10 40 50 50 re f", (int)LetterFlags.White)]
    [InlineData("q 200 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q 1 g", (int)LetterFlags.None)]
    [InlineData("0 0 30 100 re W n", (int)LetterFlags.None)]
    [InlineData("100 0 100 100 re W n", (int)(LetterFlags.Invisible | LetterFlags.Clipped))]
    [InlineData("q 100 0 100 100 re W n Q", (int)LetterFlags.None)]
    [InlineData("0 0 200 100 re W n 100 0 100 100 re W* n", (int)(LetterFlags.Invisible | LetterFlags.Clipped))]
    [InlineData("1 0 0 1 500 0 cm", (int)LetterFlags.OffPage)]
    [InlineData("1 0 0 1 0 -80 cm", (int)LetterFlags.OffPage)]
    [InlineData("0.05 0 0 0.05 0 0 cm", (int)LetterFlags.Tiny)]
    public void Text_that_nobody_sees_is_flagged(string before, int flags)
    {
        var letter = Assert.Single(ShownPage.Of($"{before} {Text}").Letters);

        Assert.Equal((LetterFlags)flags, letter.Flags);
    }

    [Theory]
    [InlineData("[/Separation /Spot /DeviceRGB 9 0 R]", "0", (int)LetterFlags.White)]
    [InlineData("[/Separation /Spot /DeviceRGB 9 0 R]", "1", (int)LetterFlags.None)]
    [InlineData("[/DeviceN [/A /B] /DeviceCMYK 9 0 R]", "0 0.5", (int)LetterFlags.None)]
    [InlineData("[/Indexed /DeviceRGB 1 <000000FFFFFF>]", "1", (int)LetterFlags.White)]
    [InlineData("[/Indexed /DeviceRGB 1 <000000FFFFFF>]", "0", (int)LetterFlags.None)]
    [InlineData("[/Lab << /WhitePoint [1 1 1] >>]", "100 0 0", (int)LetterFlags.White)]
    public void White_is_known_in_every_colour_space(string space, string color, int flags)
    {
        var letter = Assert.Single(ShownPage.Of($"/C cs {color} scn {Text}", $"/ColorSpace << /C {space} >>").Letters);

        Assert.Equal((LetterFlags)flags, letter.Flags);
    }

    [Fact]
    public void Transparent_text_is_invisible()
    {
        var letter = Assert.Single(ShownPage.Of($"/G gs {Text}", "/ExtGState << /G << /ca 0 >> >>").Letters);

        Assert.True(letter.Flags.HasFlag(LetterFlags.Invisible));
    }

    [Fact]
    public void Text_as_a_clip_is_seen_where_something_is_painted_through_it()
    {
        var page = ShownPage.Of($"q 7 Tr {Text} 0 0 200 100 re f Q q 7 Tr {Text} Q 0 0 200 100 re f");

        Assert.Equal([LetterFlags.None, LetterFlags.Invisible], page.Letters.Select(l => l.Flags));
    }
}
