using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class StreamDecoderTests
{
    private readonly PdfWarnings _warnings = new();

    [Fact]
    public void Decode_gives_the_bytes_of_the_file_where_there_is_no_filter()
    {
        using var decoded = Stream("", "abc"u8.ToArray()).Decode();

        Assert.Equal("abc"u8.ToArray(), decoded.Span.ToArray());
    }

    [Theory]
    [InlineData("/Filter [/ASCIIHexDecode /FlateDecode]")]
    [InlineData("/F [/AHx /Fl]")]
    [InlineData("/Filter [/AHx null /Fl] /DecodeParms [null null << /Predictor 1 >>]")]
    [InlineData("/Filter [/Crypt /AHx /Fl]")]
    public void Decode_undoes_filters_one_after_another(string entries)
    {
        var data = Encoding.Latin1.GetBytes(Convert.ToHexString(PdfWriter.Deflate("some text"u8.ToArray())));

        using var decoded = Stream(entries, data).Decode();

        Assert.Equal("some text", Encoding.Latin1.GetString(decoded.Span));
    }

    [Theory]
    [InlineData("/DecodeParms << /Predictor 12 /Columns 3 >>")]
    [InlineData("/DecodeParms [ << /Predictor 12 /Columns 3 >> ]")]
    [InlineData("/DP << /Predictor 15 /Columns 3 >>")]
    public void Decode_undoes_the_predictor(string parameters)
    {
        using var decoded = Stream("/Filter /FlateDecode " + parameters, PdfWriter.Deflate([2, 1, 2, 3, 2, 1, 1, 1])).Decode();

        Assert.Equal([1, 2, 3, 2, 3, 4], decoded.Span.ToArray());
    }

    [Theory]
    [InlineData("DCTDecode")]
    [InlineData("DCT")]
    [InlineData("JPXDecode")]
    [InlineData("CCITTFaxDecode")]
    [InlineData("JBIG2Decode")]
    [InlineData("Fancy")]
    public void Decode_names_a_filter_that_it_does_not_undo(string filter)
    {
        var e = Assert.Throws<NotSupportedException>(() => Stream($"/Filter /{filter}", [1, 2, 3]).Decode());

        Assert.Contains(filter, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_cuts_off_at_the_limit()
    {
        using var decoded = Stream("/Filter /FlateDecode", PdfWriter.Deflate(new byte[100_000]), limit: 10_000).Decode();

        Assert.Equal(10_000, decoded.Span.Length);
        Assert.Contains("10000 bytes", Assert.Single(_warnings.ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_cuts_off_bombs_in_bombs()
    {
        var bomb = PdfWriter.Deflate(PdfWriter.Deflate(PdfWriter.Deflate(new byte[200_000_000])));

        using var decoded = Stream("/Filter [/Fl /Fl /Fl]", bomb, limit: 1 << 20).Decode();

        Assert.Equal(1 << 20, decoded.Span.Length);
    }

    [Fact]
    public void Decode_does_not_warn_of_what_just_fits()
    {
        using var decoded = Stream("/Filter /FlateDecode", PdfWriter.Deflate(new byte[10_000]), limit: 10_000).Decode();

        Assert.Equal(10_000, decoded.Span.Length);
        Assert.Empty(_warnings.ToList());
    }

    [Fact]
    public void Decode_refuses_a_chain_without_end()
    {
        Assert.Throws<NotSupportedException>(() => Stream($"/Filter [{string.Concat(Enumerable.Repeat("/Fl ", 100))}]", []).Decode());
    }

    private PdfStream Stream(string entries, byte[] data, int limit = 1 << 26)
    {
        var dictionary = (PdfDictionary)new ObjectParser(Encoding.Latin1.GetBytes($"<< {entries} >>"), 0, new(Direct.Objects, new(), _warnings)).Read()!;
        return new(dictionary, data, new(limit, _warnings));
    }
}
