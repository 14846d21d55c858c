using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class StreamLengthTests
{
    private const string Searched = "A stream does not end where its length says; the end was searched for.";

    [Theory]
    [InlineData("/Length 6")]
    [InlineData("/Length 8 0 R")]
    public void Raw_ends_where_the_length_says(string length)
    {
        var opened = Open($"<< {length} >>\nstream\nabcdef\nendstream");

        Assert.Equal("abcdef"u8.ToArray(), Assert.IsType<PdfStream>(opened[7]).Raw.ToArray());
        Assert.Empty(opened.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/Length 5")]
    [InlineData("/Length 60")]
    [InlineData("/Length -1")]
    [InlineData("/Length 4294967302")]
    [InlineData("/Length 99999999999999999999999")]
    [InlineData("/Length 7 0 R")]
    [InlineData("/Length 99 0 R")]
    [InlineData("/Length (6)")]
    public void Raw_ends_at_the_keyword_where_the_length_is_wrong(string length)
    {
        var opened = Open($"<< {length} >>\nstream\nabcdef\nendstream");

        Assert.Equal("abcdef"u8.ToArray(), Assert.IsType<PdfStream>(opened[7]).Raw.ToArray());
        Assert.Contains(Searched, opened.Warnings);
    }

    [Theory]
    [InlineData("stream\r\nabcdef\r\nendstream")]
    [InlineData("stream\rabcdef\rendstream")]
    [InlineData("stream  \nabcdef\nendstream")]
    [InlineData("stream\nabcdef\nendobj")]
    [InlineData("% comment\nstream\nabcdefendstream")]
    public void Raw_begins_after_the_line_end(string stream)
    {
        var opened = Open($"<< /Length 6 >>{stream}");

        Assert.Equal("abcdef"u8.ToArray(), Assert.IsType<PdfStream>(opened[7]).Raw.ToArray());
    }

    [Fact]
    public void Raw_may_hold_the_keyword_where_the_length_is_right()
    {
        var opened = Open("<< /Length 24 >>\nstream\nab endstream endobj cdef\nendstream");

        Assert.Equal("ab endstream endobj cdef"u8.ToArray(), Assert.IsType<PdfStream>(opened[7]).Raw.ToArray());
    }

    private static Opened Open(string body)
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.Reserve();
        pdf.Set(pdf.Reserve(), body);
        pdf.Add("6");
        return new(pdf.ToBytes());
    }
}
