using Rag.Pdf.Content;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Content;

public sealed class SharedPagesTests
{
    [Theory] // letters that are not white space, as MuPDF 1.21 counts them
    [InlineData("qa-financebench/pdfs/BLOCK_2020_10K.pdf", 158, 450_121)]
    [InlineData("qa-financebench/pdfs/MGMRESORTS_2022Q4_EARNINGS.pdf", 15, 39_265)]
    [InlineData("qa-financebench/pdfs/PEPSICO_2023Q1_EARNINGS.pdf", 16, 29_650)]
    [InlineData("pdf/files/pdfbox__PDFBOX-2984-rotations.pdf", 6, 139)]
    [InlineData("pdf/files/pdfminer.six__issue-625-identity-cmap.pdf", 2, 1388)]
    [InlineData("pdf/files/sample-files__minimal-document.pdf", 1, 494)]
    public void Pages_show_all_letters(string path, int pages, int letters)
    {
        var reader = Open(path, new());

        Assert.Equal(pages, reader.Pages.Count);
        Assert.Equal(letters, Enumerable.Range(1, pages).Sum(p => Read(reader, p).Letters.Count(l => l.Text != " ")));
    }

    [Fact]
    public async Task Pages_read_side_by_side_are_the_same()
    {
        var (one, other) = (Open("qa-financebench/pdfs/PEPSICO_2023Q1_EARNINGS.pdf", new()), Open("qa-financebench/pdfs/PEPSICO_2023Q1_EARNINGS.pdf", new()));

        var texts = new string[one.Pages.Count];
        await Parallel.ForAsync(1, texts.Length + 1, (page, _) =>
        {
            var content = Read(one, page);
            texts[page - 1] = content.AllText();
            one.Return(content);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(Enumerable.Range(1, texts.Length).Select(p => Read(other, p).AllText()), texts);
    }

    [Fact]
    public void Tagged_file_leads_its_letters_to_elements()
    {
        var reader = Open("qa-financebench/pdfs/MGMRESORTS_2022Q4_EARNINGS.pdf", new());
        var page = Read(reader, 6);

        var tree = Assert.IsType<Rag.Pdf.Structure.StructureTree>(reader.Structure);
        var marked = page.Letters.Where(l => l.MarkedContent >= 0).ToList();
        Assert.NotEmpty(marked);
        Assert.All(marked, l => Assert.NotNull(tree.Find(6, page, l.MarkedContent)));
    }

    private static PageReader Open(string path, PdfWarnings warnings) => new(PdfFile.Open(File.ReadAllBytes(SharedData.Require(path)), new(), warnings), warnings);

    private static PageContent Read(PageReader reader, int page) => reader.Read(page, TestContext.Current.CancellationToken);
}
