using Rag.Pdf.Tests.Files;

namespace Rag.Pdf.Tests;

public sealed class PdfWriterTests
{
    [Fact]
    public void ToBytes_and_ToCompressedBytes_hold_the_same_objects()
    {
        var pdf = new PdfWriter { PagesEntries = "/MediaBox [0 0 100 100]", CatalogEntries = "/Lang (en)" };
        var font = pdf.AddFont("Times-Roman");
        pdf.AddPage("BT (one) Tj ET", $"/Font << /F1 {font} 0 R >>", entries: "");
        pdf.AddPage("BT (two) Tj ET", deflate: true);

        foreach (var bytes in new[] { pdf.ToBytes(), pdf.ToCompressedBytes(), pdf.ToCompressedBytes(objectStreams: false) })
        {
            var opened = new Opened(bytes);
            Assert.Empty(opened.Warnings);
            Assert.Equal("en", opened.File.Catalog.Text("Lang"));
            Assert.Equal(2, opened.File.Catalog.Dictionary("Pages")!.Array("Kids")!.Count);
        }
    }
}
