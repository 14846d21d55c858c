using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class FileRepairTests
{
    private const string Damaged = "The cross-reference table is damaged; the objects were found by scanning the file.";

    [Theory]
    [InlineData("startxref", "startxxxx")]
    [InlineData("xref\n0", "xxxx\n0")]
    [InlineData("trailer", "trailxx")]
    [InlineData("0000000015 ", "0000000016 ")]
    [InlineData("startxref\n", "startxref\n9")]
    [InlineData("startxref\n", "startxref\n99999999999999999999")]
    [InlineData("0000000015 ", "9999999999 ")]
    public void Open_scans_for_objects_where_the_table_is_wrong(string from, string to)
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes());
        Assert.Contains(from, text, StringComparison.Ordinal);

        var opened = new Opened(Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));

        PdfFileTests.AssertSays("Hello", opened);
        Assert.Contains(Damaged, opened.Warnings);
    }

    [Fact]
    public void Open_takes_the_last_definition_of_an_object()
    {
        var opened = new Opened("%PDF-1.4\n1 0 obj(old)endobj 1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Old 1>>endobj 2 0 obj<</Type/Pages/New 1>>endobj"u8.ToArray());

        Assert.NotNull(opened.File.Catalog.Dictionary("Pages")!["New"]);
    }

    [Fact]
    public void Open_finds_what_object_streams_hold()
    {
        var pdf = PdfWriter.WithText("Hello").ToCompressedBytes();
        var text = Encoding.Latin1.GetString(pdf);

        var opened = new Opened(Encoding.Latin1.GetBytes(text.Replace("/W [1 4 2]", "/W [9 4 2]", StringComparison.Ordinal)));

        PdfFileTests.AssertSays("Hello", opened);
        Assert.Contains(Damaged, opened.Warnings);
    }

    [Fact]
    public void Open_makes_up_a_catalog_from_the_page_tree()
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes()).Replace("/Catalog", "/Catalxx", StringComparison.Ordinal).Replace("/Root", "/Roxx", StringComparison.Ordinal);

        PdfFileTests.AssertSays("Hello", new Opened(Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void Open_makes_up_a_page_tree_from_pages()
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes()).Replace("/Pages", "/Paxxs", StringComparison.Ordinal);

        PdfFileTests.AssertSays("Hello", new Opened(Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void Open_reads_what_is_left_of_a_file_that_was_cut_off()
    {
        var bytes = PdfWriter.WithText("Hello").ToBytes();
        var cut = Encoding.Latin1.GetString(bytes).IndexOf("/Page ", StringComparison.Ordinal) + 100;

        PdfFileTests.AssertSays("Hello", new Opened(bytes[..cut]));
    }

    [Fact]
    public void Scan_finds_objects_without_line_ends()
    {
        var scan = FileScan.Of("%PDF-1.4 1 0 obj<<>>endobj2 0 obj[]endobj\0003\n1\robj 4 obj x5 0 obj 99999999999 0 obj"u8);

        Assert.Equal([(1, 0), (2, 0), (3, 1), (5, 0)], scan.Objects.Select(o => (o.Number, o.Generation)));
    }

    [Theory]
    [InlineData("# 0 obj<</Type/ObjStm/N 9/First 9(")]
    [InlineData("# 0 obj<</Type/ObjStm/N 9/First 9/Length 0>>stream\nendstream")]
    [InlineData("# 0 obj(")]
    [InlineData("# 0 obj<</Type/ObjStm/N 9/First 9>>stream\n")]
    [InlineData("trailer<<(")]
    [InlineData("trailer<</Root # 0 R")]
    [InlineData("# 0 obj<</Type/XRef/W[1 1 1]>>stream\n")]
    [InlineData("# 0 obj 1 0 R ")]
    [InlineData("xref 1 1 0000000001 00000 n ")]
    [InlineData("[[<<")]
    [InlineData("startxref 0 obj ")]
    public void Open_takes_time_in_proportion_to_the_file(string pattern)
    {
        var text = string.Concat(Enumerable.Range(1, 1_000_000 / pattern.Length).Select(i => pattern.Replace("#", $"{i}", StringComparison.Ordinal)));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Throws<PdfException>(() => new Opened(Encoding.Latin1.GetBytes("%PDF-1.4\n" + text)));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
