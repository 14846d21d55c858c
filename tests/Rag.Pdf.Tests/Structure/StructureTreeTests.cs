using Rag.Pdf.Content;
using Rag.Pdf.Structure;
using Rag.Pdf.Tests.Content;

namespace Rag.Pdf.Tests.Structure;

public sealed class StructureTreeTests
{
    [Fact]
    public void Content_belongs_to_elements_in_logical_order()
    {
        var (tree, page) = Read("<< /S /Document /K [<< /S /P /Pg {page} 0 R /K 1 >> << /S /Heading /Pg {page} 0 R /K [<< /Type /MCR /MCID 0 >> << /S /Span /K 2 /ActualText (x) >>] >>] >>");

        var (first, second, third) = (Find(1), Find(0), Find(2));
        Assert.Equal(["P", "H1", "Span"], new[] { first, second, third }.Select(c => c.Element.Type));
        Assert.True(first.Order < second.Order && second.Order < third.Order);
        Assert.Equal(1, second.Element.Depth);
        Assert.Same(second.Element, third.Element.Parent);
        Assert.Equal("x", third.Element.ActualText);
        Assert.Null(tree.Find(1, page, 3));
        Assert.Null(tree.Find(1, page, -1));
        Assert.Null(tree.Find(2, page, 0));
        Assert.True(tree.IsMarked);

        StructureContent Find(int id) => tree.Find(1, page, id)!.Value;
    }

    [Fact]
    public void Cells_know_their_row_and_table()
    {
        var (tree, page) = Read("<< /S /Table /Pg {page} 0 R /K << /S /TR /K [<< /S /TH /K 0 /A [<< /O /Table /ColSpan 2 >> 0] >> << /S /TD /A << /O /Table /RowSpan 3 >> /K << /S /L /K << /S /LI /K << /S /LBody /K 1 >> >> >> >>] >> >>");

        var (head, body) = (tree.Find(1, page, 0)!.Value.Element, tree.Find(1, page, 1)!.Value.Element);
        Assert.Same(head.Row, body.Row);
        Assert.Same(head.Table, body.Table);
        Assert.NotSame(head.Cell, body.Cell);
        Assert.Equal(("TH", 2, 1), (head.Cell!.Type, head.Cell.ColumnSpan, head.Cell.RowSpan));
        Assert.Equal(("TD", 1, 3), (body.Cell!.Type, body.Cell.ColumnSpan, body.Cell.RowSpan));
        Assert.Equal("LI", body.ListItem?.Type);
        Assert.Null(head.ListItem);
    }

    [Fact]
    public void Content_of_a_form_is_found_through_the_page()
    {
        var (tree, page) = Read("<< /S /P /Pg {page} 0 R /K [0 << /Type /MCR /Stm {form} 0 R /MCID 0 >>] >>");

        Assert.Equal([0, PageContent.FormStride], page.Letters.Select(l => l.MarkedContent));
        Assert.Equal(1, tree.Find(1, page, PageContent.FormStride)!.Value.Order - tree.Find(1, page, 0)!.Value.Order);
    }

    [Fact]
    public void Loops_end()
    {
        var (tree, page) = Read("<< /S /P /Pg {page} 0 R /K [{self} 0 R 0 {self} 0 R] >>");

        Assert.Single(tree.Elements);
        Assert.NotNull(tree.Find(1, page, 0));
    }

    private static (StructureTree Tree, PageContent Page) Read(string element)
    {
        var pdf = new PdfWriter();
        var form = pdf.AddStream("/P << /MCID 0 >> BDC BT /F 10 Tf 0 50 Td (b) Tj ET EMC", "/Subtype /Form /BBox [0 0 200 100] /StructParents 1");
        var page = pdf.AddPage("/P << /MCID 0 >> BDC BT /F 10 Tf 0 50 Td (a) Tj ET EMC /X Do", $"{ShownPage.Fonts(pdf)} /XObject << /X {form} 0 R >>", ShownPage.Box);
        var self = pdf.Reserve();
        pdf.Set(self, element.Replace("{page}", $"{page}", StringComparison.Ordinal).Replace("{form}", $"{form}", StringComparison.Ordinal).Replace("{self}", $"{self}", StringComparison.Ordinal));
        pdf.CatalogEntries = $"/MarkInfo << /Marked true >> /StructTreeRoot << /K {self} 0 R /RoleMap << /Heading /Title2 /Title2 /H1 >> >>";
        var reader = ShownPage.Reader(pdf.ToBytes());
        return (reader.Structure!, reader.Read(1, TestContext.Current.CancellationToken));
    }
}
