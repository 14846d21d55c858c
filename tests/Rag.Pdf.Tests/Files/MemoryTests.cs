using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

/// <summary>Small files that would be large if they were believed.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void Open_takes_no_more_rows_than_the_file_can_have_objects()
    {
        var rows = PdfWriter.Deflate([.. Enumerable.Range(0, 3_000_000).SelectMany(_ => new byte[] { 1, 0, 9 })]);
        var text = $"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages>> endobj\n3 0 obj << /Type /XRef /W [1 1 1] /Index [0 2147483647] /Root 1 0 R /Filter /Fl /Length {rows.Length} >> stream\n";
        byte[] bytes = [.. Encoding.Latin1.GetBytes(text), .. rows, .. Encoding.Latin1.GetBytes($"\nendstream endobj startxref {text.IndexOf("3 0 obj", StringComparison.Ordinal)}")];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(new Opened(bytes).File);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300 << 20);
    }

    [Fact]
    public void Resolve_cuts_what_an_object_stream_swells_to()
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.Add($"[{string.Concat(Enumerable.Repeat("(x) ", 4_000_000))}]");

        var value = new Opened(pdf.ToCompressedBytes())[6];

        Assert.InRange(Assert.IsType<PdfArray>(value).Count, 1, 1 << 20);
    }
}
