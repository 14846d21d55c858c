namespace Rag.Pdf.Tests;

/// <summary>Pages that are as much work as a page can be come to an end. How long they take is measured in <c>bench/Rag.Quality</c>.</summary>
public sealed class BombTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> s_leftOut = new()
    {
        ["lines at random"] = "lines of text",
        ["inline images before what is no text"] = "more content than is read",
        ["fonts"] = "more content than is read",
        ["forms"] = "more content than is read",
    };

    public static TheoryData<string> Names => [.. PdfBombs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Slow")]
    public async Task Page_is_read_to_its_end_and_what_is_left_out_is_said(string name)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Hang);
        var document = PdfDocument.Open(PdfBombs.All[name]());

        var pages = await document.ReadPagesAsync(hang.Token).ToListAsync(hang.Token);

        Assert.Single(pages);
        if (s_leftOut.TryGetValue(name, out var said))
        {
            Assert.Contains(document.Warnings, w => w.Page == 1 && w.Message.Contains(said, StringComparison.Ordinal));
        }
    }
}
