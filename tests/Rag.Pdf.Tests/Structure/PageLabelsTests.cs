using Rag.Pdf.Structure;
using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests.Structure;

public sealed class PageLabelsTests
{
    [Theory]
    [InlineData("0 << /S /r >> 2 << /S /D /P (A-) /St 8 >>", "i|ii|A-8|A-9")] // after the example of 12.4.2
    [InlineData("0 << /S /R /St 1998 >>", "MCMXCVIII|MCMXCIX|MM|MMI")]
    [InlineData("0 << /S /a /St 26 >> 2 << /S /A /St 53 >>", "z|aa|AAA|BBB")]
    [InlineData("0 << /P (Cover) >> 1 << >> 2 << /S /D /St -4 >>", "Cover||1|2")]
    [InlineData("3 << /S /D >>", "|||1")]
    [InlineData("0 << /S /D >> 9 << /S /r >> (x) 3 1 null", "1|2|3|4")]
    [InlineData("", "|||")]
    public void Pages_are_labelled_by_ranges(string ranges, string labels)
    {
        var pdf = new PdfWriter { CatalogEntries = $"/PageLabels << /Nums [{ranges}] >>" };
        pdf.AddPage("");

        Assert.Equal(labels, string.Join('|', PageLabels.Read(new Opened(pdf.ToBytes()).File.Catalog, 4)));
    }
}
