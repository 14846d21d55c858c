using System.Globalization;
using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class PdfFileTests
{
    [Fact]
    public void Open_finds_objects_by_a_table()
    {
        var opened = new Opened(PdfWriter.WithText("Hello").ToBytes());

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_finds_objects_by_a_stream(bool objectStreams)
    {
        var opened = new Opened(PdfWriter.WithText("Hello").ToCompressedBytes(objectStreams));

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Theory]
    [InlineData("junk\n", true)]
    [InlineData("junk\n", false)]
    public void Open_counts_offsets_from_the_header_or_from_the_start(string junk, bool fromHeader)
    {
        var pdf = PdfWriter.WithText("Hello");
        byte[] bytes;
        if (fromHeader)
        {
            bytes = [.. Encoding.Latin1.GetBytes(junk), .. pdf.ToBytes()];
        }
        else
        {
            pdf.Header = junk + pdf.Header;
            bytes = pdf.ToBytes();
        }

        var opened = new Opened(bytes);

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Open_passes_junk_after_the_end()
    {
        var opened = new Opened([.. PdfWriter.WithText("Hello").ToBytes(), .. new byte[5000], .. "</html>"u8]);

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Open_takes_the_newest_revision()
    {
        var original = PdfWriter.WithText("Old").ToBytes();

        var opened = new Opened(Update(original, "4 0 obj\n(New)\nendobj\n", "4 1\n{0:D10} 00000 n \n"));

        Assert.Equal("New", Assert.IsType<PdfString>(opened[4]).ToText());
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Resolve_gives_nothing_for_a_deleted_object()
    {
        var opened = new Opened(Update(PdfWriter.WithText("Old").ToBytes(), "", "3 1\n0000000000 00001 f \n"));

        Assert.Null(opened[3]);
        Assert.NotNull(opened[4]);
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Resolve_wants_the_right_generation()
    {
        var opened = new Opened(Update(PdfWriter.WithText("Old").ToBytes(), "3 1 obj\n(New)\nendobj\n", "3 1\n{0:D10} 00001 n \n"));

        Assert.Null(opened[3]);
        Assert.Equal("New", Assert.IsType<PdfString>(opened[3, 1]).ToText());
    }

    [Fact]
    public void Open_reads_what_a_hybrid_file_hides_in_its_stream()
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.Add("(in the table)");
        var text = Encoding.Latin1.GetString(pdf.ToBytes());
        var table = text.IndexOf("xref\n", StringComparison.Ordinal);
        var hidden = $"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 12 >>\nstream\n8 0 (hidden)\nendstream\nendobj\n";
        var rows = $"10 0 obj\n<< /Type /XRef /W [1 2 1] /Index [8 2] /Size 11 /Filter /AHx /Length 18 >>\nstream\n02000900 01{table:X4}00>\nendstream\nendobj\n";
        var changed = text[..table] + hidden + rows + text[table..]
            .Replace("startxref\n" + table, "startxref\n" + (table + hidden.Length + rows.Length), StringComparison.Ordinal)
            .Replace("/Size", $"/XRefStm {table + hidden.Length} /Size", StringComparison.Ordinal);

        var opened = new Opened(Encoding.Latin1.GetBytes(changed));

        Assert.Equal("hidden", Assert.IsType<PdfString>(opened[8]).ToText());
        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Theory]
    [InlineData(" 00000 n \n", " 00000 n\n")]
    [InlineData(" 00000 n \n", "  00000  n \r\n")]
    [InlineData("xref\n0 ", "xref 0   ")]
    [InlineData("trailer\n", "trailer ")]
    public void Open_reads_a_table_however_it_is_spaced(string from, string to)
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes());

        var opened = new Opened(Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Open_counts_a_table_from_zero_that_says_it_begins_at_one()
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes());

        var opened = new Opened(Encoding.Latin1.GetBytes(text.Replace("xref\n0 ", "xref\n1 ", StringComparison.Ordinal)));

        AssertSays("Hello", opened);
        Assert.Empty(opened.Warnings);
    }

    [Fact]
    public void Open_ends_when_revisions_form_a_cycle()
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToBytes());
        var table = text.IndexOf("xref\n", StringComparison.Ordinal);

        var opened = new Opened(Encoding.Latin1.GetBytes(text.Replace("/Size", $"/Prev {table} /Size", StringComparison.Ordinal)));

        AssertSays("Hello", opened);
    }

    [Fact]
    public void Resolve_gives_nothing_for_references_in_a_circle()
    {
        var pdf = PdfWriter.WithText("Hello");
        var first = pdf.Reserve();
        var second = pdf.Add($"{first} 0 R");
        pdf.Set(first, $"{second} 0 R");
        var self = pdf.Reserve();
        pdf.Set(self, $"<< /Length {self} 0 R >>\nstream\nabc\nendstream");

        var opened = new Opened(pdf.ToBytes());

        Assert.Null(opened[first]);
        Assert.Equal("abc"u8.ToArray(), Assert.IsType<PdfStream>(opened[self]).Raw.ToArray());
    }

    [Fact]
    public void Open_ends_when_an_object_stream_needs_itself()
    {
        var text = Encoding.Latin1.GetString(PdfWriter.WithText("Hello").ToCompressedBytes());

        Assert.Throws<PdfException>(() => new Opened(Encoding.Latin1.GetBytes(text.Replace("/Filter /FlateDecode /Type /ObjStm", "/Filter 3 0 R /Length 3 0 R /Type /ObjStm", StringComparison.Ordinal))));
    }

    [Fact]
    public void Information_is_that_of_the_trailer()
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.TrailerEntries = $"/Info {pdf.Add("<< /Title (A title) >>")} 0 R";

        Assert.Equal("A title", new Opened(pdf.ToCompressedBytes()).File.Information!.Text("Title"));
    }

    [Fact]
    public void Resolve_gives_the_same_object_on_all_threads()
    {
        var pdf = new PdfWriter();
        for (var i = 0; i < 500; i++)
        {
            pdf.Add($"<< /Number {i} /Next {i + 1} 0 R >>");
            pdf.AddStream($"stream {i}", deflate: true);
        }

        pdf.AddPage("");
        var opened = new Opened(pdf.ToCompressedBytes());
        var seen = new PdfObject?[4][];

        Parallel.For(0, 4, t => seen[t] = [.. opened.File.Numbers.Order().Select(n => opened[n])]);

        Assert.All(seen, s => Assert.True(s.SequenceEqual(seen[0])));
        Assert.DoesNotContain(null, seen[0]);
    }

    [Fact]
    public void Open_refuses_what_is_no_PDF()
    {
        Assert.Contains("empty", Assert.Throws<PdfException>(() => new Opened([])).Message, StringComparison.Ordinal);
        Assert.Contains("not a PDF", Assert.Throws<PdfException>(() => new Opened("<html></html>"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("cut off", Assert.Throws<PdfException>(() => new Opened(PdfWriter.WithText("Hello").ToBytes()[..60])).Message, StringComparison.Ordinal);
    }

    internal static void AssertSays(string text, Opened opened)
    {
        var page = Assert.IsType<PdfDictionary>(opened.File.Catalog.Dictionary("Pages")!.Array("Kids")![0]);
        using var content = page.Stream("Contents")!.Decode();
        Assert.Contains($"({text}) Tj", Encoding.Latin1.GetString(content.Span), StringComparison.Ordinal);
    }

    /// <summary>Appends a revision: objects and the rows of its table, <c>{0}</c> being where the objects begin.</summary>
    private static byte[] Update(byte[] original, string objects, string rows)
    {
        var previous = Encoding.Latin1.GetString(original).LastIndexOf("\nxref\n", StringComparison.Ordinal) + 1;
        var update = objects + "xref\n" + string.Format(CultureInfo.InvariantCulture, rows, original.Length)
            + $"trailer\n<< /Size 99 /Root 1 0 R /Prev {previous} >>\nstartxref\n{original.Length + objects.Length}\n%%EOF\n";
        return [.. original, .. Encoding.Latin1.GetBytes(update)];
    }
}
