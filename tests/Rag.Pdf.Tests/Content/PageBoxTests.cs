using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class PageBoxTests
{
    private const string Text = "BT /F 10 Tf 20 30 Td (a) Tj ET";

    [Theory]
    [InlineData("/MediaBox [0 0 200 100]", 200, 100, 20, 70, 5, 0)]
    [InlineData("/MediaBox [200 100 0 0]", 200, 100, 20, 70, 5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 90", 100, 200, 30, 20, 0, 5)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 180", 200, 100, 180, 30, -5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 270", 100, 200, 70, 180, 0, -5)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate -90", 100, 200, 70, 180, 0, -5)]
    [InlineData("/MediaBox [0 0 200 100] /Rotate 450", 100, 200, 30, 20, 0, 5)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [10 20 110 90]", 100, 70, 10, 60, 5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [10 20 110 90] /Rotate 90", 70, 100, 10, 10, 0, 5)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [-50 -50 500 500]", 200, 100, 20, 70, 5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [900 900 950 950]", 200, 100, 20, 70, 5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /CropBox [0 0 0 0]", 200, 100, 20, 70, 5, 0)]
    [InlineData("/MediaBox [0 0 200 100] /UserUnit 2", 400, 200, 40, 140, 10, 0)]
    [InlineData("/MediaBox [-10 -20 190 80]", 200, 100, 30, 50, 5, 0)]
    [InlineData("/MediaBox [0 0 0 0]", 612, 792, 20, 762, 5, 0)]
    [InlineData("", 612, 792, 20, 762, 5, 0)]
    public void Letters_stand_on_the_displayed_page(string entries, float width, float height, float x, float y, float dx, float dy)
    {
        var page = ShownPage.Of(Text, entries: entries);

        Assert.Equal((width, height), (page.Width, page.Height));
        var letter = Assert.Single(page.Letters);
        Assert.Equal((x, y), letter.Place());
        Assert.Equal((dx, dy), (letter.DX, letter.DY));
        Assert.Equal(LetterFlags.None, letter.Flags);
    }

    [Fact]
    public void Letter_outside_the_crop_box_is_off_the_page()
    {
        var letter = Assert.Single(ShownPage.Of(Text, entries: "/MediaBox [0 0 200 100] /CropBox [100 0 200 100]").Letters);

        Assert.Equal(LetterFlags.OffPage, letter.Flags);
    }
}
