namespace Rag.Pdf.Tests.Files;

public sealed class PdfUnpackingTests
{
    [Fact]
    public async Task Streams_written_out_are_read_as_before()
    {
        var pdf = new PdfWriter();
        pdf.AddPage("BT /F1 12 Tf 72 720 Td (Hello) Tj ET", $"/Font << /F1 {pdf.AddFont()} 0 R >>", deflate: true);

        var bytes = PdfUnpacking.Of(pdf.ToBytes());

        Assert.True(bytes.AsSpan().IndexOf("(Hello) Tj"u8) > 0);
        Assert.Equal("Hello", (await PdfDocument.Open(bytes).ReadPagesAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).Text);
    }
}
