using Rag.Pdf.Tests.Content;

namespace Rag.Pdf.Tests.Structure;

public sealed class PageTreeTests
{
    [Fact]
    public void Pages_come_in_order_and_inherit()
    {
        var pdf = Tree(root: "<< /Type /Pages /Count 99 /Rotate 90 /MediaBox [0 0 10 20] /Kids [5 0 R 4 0 R] >>");
        pdf.Add("<< /Type /Page /Rotate 0 >>");
        pdf.Add("<< /Type /Page >>");
        pdf.Add("<< /Type /Pages /MediaBox [0 0 30 40] /Kids [6 0 R 3 0 R] >>");
        pdf.Add("<< /MediaBox [0 0 50 60] >>");

        Assert.Equal([(60, 50), (30, 40), (20, 10)], Sizes(pdf));
    }

    [Theory]
    [InlineData("<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] >>", 1)] // the root again
    [InlineData("<< /Type /Pages /Kids [3 0 R null 99 0 R 7 (x)] >>", 1)]
    [InlineData("<< /Type /Page /MediaBox [0 0 10 20] >>", 1)] // a page in place of the tree
    [InlineData("<< /Type /Pages /Kids [] >>", 1)] // found by scanning
    [InlineData("<< /Type /Pages /Kids [3 0 R 3 0 R] >>", 2)]
    public void Damaged_trees_give_what_there_is(string root, int count)
    {
        var pdf = Tree(root);
        pdf.Add("<< /Type /Page /MediaBox [0 0 10 20] >>");

        Assert.Equal(Enumerable.Repeat((10f, 20f), count), Sizes(pdf));
    }

    [Fact]
    public void Deep_chain_of_nodes_ends()
    {
        var pdf = Tree("<< /Type /Pages /Kids [3 0 R] >>");
        for (var i = 3; i < 5000; i++)
        {
            pdf.Add($"<< /Type /Pages /Kids [{i + 1} 0 R] >>");
        }

        pdf.Add("<< /Type /Page >>");

        Assert.Single(Sizes(pdf));
    }

    [Fact]
    public void Number_of_a_page_is_found_by_its_reference()
    {
        var pdf = new PdfWriter();
        var (first, second) = (pdf.AddPage(""), pdf.AddPage(""));
        var pages = ShownPage.Reader(pdf.ToBytes()).Pages;

        Assert.Equal(1, pages.NumberOf(new Rag.Pdf.Files.PdfReference(first, 0)));
        Assert.Equal(2, pages.NumberOf(new Rag.Pdf.Files.PdfReference(second, 0)));
        Assert.Null(pages.NumberOf(new Rag.Pdf.Files.PdfReference(1, 0)));
    }

    private static PdfWriter Tree(string root)
    {
        var pdf = new PdfWriter();
        pdf.Set(PdfWriter.PagesNumber, root);
        return pdf;
    }

    private static IEnumerable<(float Width, float Height)> Sizes(PdfWriter pdf)
    {
        var pages = ShownPage.Reader(pdf.ToBytes()).Pages;
        return Enumerable.Range(0, pages.Count).Select(i => ((float)pages[i].Width, (float)pages[i].Height));
    }
}
