using Rag.Pdf.Structure;
using Rag.Pdf.Tests.Content;
using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests.Structure;

public sealed class OutlineTests
{
    [Theory]
    [InlineData("/Dest [{page} 0 R /Fit]", 2)]
    [InlineData("/A << /S /GoTo /D [{page} 0 R /XYZ 0 0 0] >>", 2)]
    [InlineData("/Dest /Old", 2)]
    [InlineData("/Dest (New)", 2)]
    [InlineData("/A << /S /GoTo /D (New) >>", 2)]
    [InlineData("/Dest [1 /Fit]", 2)]
    [InlineData("/Dest (Nowhere)", null)]
    [InlineData("/Dest (Loop)", null)]
    [InlineData("/A << /S /GoToR /D [{page} 0 R /Fit] >>", null)]
    [InlineData("", null)]
    public void Item_leads_to_a_page(string entries, int? expected)
    {
        var pdf = new PdfWriter();
        pdf.AddPage("");
        var page = pdf.AddPage("");
        var item = pdf.Add($"<< /Title (  A\\nB ) {entries.Replace("{page}", $"{page}", StringComparison.Ordinal)} >>");
        pdf.CatalogEntries = $"/Outlines << /First {item} 0 R >> /Dests << /Old [{page} 0 R] >> " +
            $"/Names << /Dests << /Kids [<< /Names [(Loop) (Loop) (New) << /D [{page} 0 R /Fit] >>] >>] >> >>";

        Assert.Equal([new("A B", 1, expected)], Read(pdf));
    }

    [Fact]
    public void Parents_come_before_their_children()
    {
        var pdf = new PdfWriter();
        pdf.AddPage("");
        var (a, b, c) = (pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        pdf.Set(a, $"<< /Title (a) /First {b} 0 R /Next {c} 0 R >>");
        pdf.Set(b, "<< /Title (b) >>");
        pdf.Set(c, "<< /Title (c) >>");
        pdf.CatalogEntries = $"/Outlines << /First {a} 0 R >>";

        Assert.Equal([new("a", 1, null), new("b", 2, null), new("c", 1, null)], Read(pdf));
    }

    [Fact]
    public void Loops_end()
    {
        var pdf = new PdfWriter();
        pdf.AddPage("");
        var (a, b) = (pdf.Reserve(), pdf.Reserve());
        pdf.Set(a, $"<< /Title (a) /First {b} 0 R /Next {a} 0 R >>");
        pdf.Set(b, $"<< /Title (b) /First {a} 0 R /Next {b} 0 R >>");
        pdf.CatalogEntries = $"/Outlines << /First {a} 0 R >>";

        Assert.Equal(["a", "b"], Read(pdf).Select(i => i.Title));
    }

    private static IReadOnlyList<PdfOutlineItem> Read(PdfWriter pdf)
    {
        var bytes = pdf.ToBytes();
        var catalog = new Opened(bytes).File.Catalog;
        return Outline.Read(catalog, new(catalog, ShownPage.Reader(bytes).Pages));
    }
}
