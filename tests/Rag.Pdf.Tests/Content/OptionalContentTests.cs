namespace Rag.Pdf.Tests.Content;

public sealed class OptionalContentTests
{
    [Theory]
    [InlineData("/OFF [{off} 0 R]", "{on} 0 R", true)]
    [InlineData("/OFF [{off} 0 R]", "{off} 0 R", false)]
    [InlineData("/BaseState /OFF /ON [{on} 0 R]", "{on} 0 R", true)]
    [InlineData("/BaseState /OFF /ON [{on} 0 R]", "{off} 0 R", false)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs {off} 0 R >>", false)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs [{on} 0 R {off} 0 R] >>", true)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs [{on} 0 R {off} 0 R] /P /AllOn >>", false)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs [{on} 0 R {off} 0 R] /P /AnyOff >>", true)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs [{off} 0 R] /P /AllOff >>", true)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /OCGs [] /P /AllOff >>", true)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /VE [/Not {on} 0 R] >>", false)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /VE [/And {on} 0 R [/Not {off} 0 R]] >>", true)]
    [InlineData("/OFF [{off} 0 R]", "<< /Type /OCMD /VE [/Or {off} 0 R {off} 0 R] >>", false)]
    public void Content_that_is_off_is_hidden(string configuration, string group, bool isShown)
    {
        var pdf = new PdfWriter();
        var (on, off) = (pdf.Add("<< /Type /OCG /Name (on) >>"), pdf.Add("<< /Type /OCG /Name (off) >>"));
        group = Fill(group);
        pdf.CatalogEntries = $"/OCProperties << /OCGs [{on} 0 R {off} 0 R] /D << {Fill(configuration)} >> >>";
        var form = pdf.AddStream("BT /F 10 Tf 0 50 Td (c) Tj ET", $"/Subtype /Form /BBox [0 0 200 100] /OC {group}");
        pdf.AddPage(
            "/OC /G BDC BT /F 10 Tf 0 50 Td (a) Tj ET 0 0 50 50 re f EMC BT /F 10 Tf 0 50 Td (b) Tj ET /X Do",
            $"{ShownPage.Fonts(pdf)} /Properties << /G {group} >> /XObject << /X {form} 0 R >>",
            ShownPage.Box);

        var page = ShownPage.Reader(pdf.ToBytes()).Read(1, TestContext.Current.CancellationToken);

        Assert.Equal(isShown ? "abc" : "b", page.AllText());
        Assert.Equal(isShown ? 1 : 0, page.Fills.Count);

        string Fill(string text) => text.Replace("{on}", $"{on}", StringComparison.Ordinal).Replace("{off}", $"{off}", StringComparison.Ordinal);
    }
}
