namespace Rag.Pdf.Tests;

/// <summary>Pages that are as much work as a page can be come to an end. How long they take is measured in <c>bench/Rag.Quality</c>.</summary>
public sealed class BombTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Names => [.. PdfBombs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Slow")]
    public async Task Page_is_read_to_its_end(string name)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Hang);

        var pages = await PdfDocument.Open(PdfBombs.All[name]()).ReadPagesAsync(hang.Token).ToListAsync(hang.Token);

        Assert.Single(pages);
    }

    [Theory]
    [InlineData("lines at random", "lines of text")]
    [InlineData("inline images before what is no text", "more content than is read")]
    [InlineData("fonts", "more content than is read")]
    [InlineData("forms", "more content than is read")]
    public async Task What_is_left_out_is_said(string name, string said)
    {
        var document = PdfDocument.Open(PdfBombs.All[name]());

        await document.ReadPagesAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Contains(document.Warnings, w => w.Page == 1 && w.Message.Contains(said, StringComparison.Ordinal));
    }
}
