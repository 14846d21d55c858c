namespace Rag.Pdf.Tests.Content;

public sealed class InlineImageTests
{
    private const string Text = " BT /F 10 Tf 0 50 Td (a) Tj ET";

    [Theory]
    [InlineData("BI /W 2 /H 2 /BPC 8 /CS /G ID \u0001\u0002\u0003\u0004 EI")]
    [InlineData("BI /W 2 /H 2 /BPC 8 /CS /G ID \u0001 EI\nEI")] // EI among bytes whose number is known
    [InlineData("BI /W 8 /H 4 /IM true ID EI E\nEI")]
    [InlineData("BI /W 9 /H 9 /F /Fl ID x\u009c EI \u0001\u0002\u0003 EI \u00ff\u00fe EI")] // and where it is not
    [InlineData("BI /W 9 /H 9 /F /Fl /L 7 ID EI EI \u0001 EI")]
    [InlineData("BI /W 100 /H 100 /BPC 8 /CS /Named ID abc\nEI")] // shorter than it says
    [InlineData("BI /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /DecodeParms << /K -1 >> ID abcabcabcabc\r\nEI")]
    public void Content_goes_on_behind_the_image(string image)
    {
        var page = ShownPage.Of($"q 20 0 0 20 0 0 cm {image} Q{Text}");

        Assert.Equal("a", page.Text());
        Assert.Equal((0, 80, 20, 100), Assert.Single(page.Images).Around());
    }

    [Fact]
    public void Image_without_an_end_takes_the_rest()
    {
        Assert.Equal("a", ShownPage.Of($"{Text} BI /W 2 /H 2 ID xxxx{Text}").Text());
    }
}
