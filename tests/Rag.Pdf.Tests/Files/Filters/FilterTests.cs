using System.Text;
using Rag.Pdf.Files.Filters;

namespace Rag.Pdf.Tests.Files.Filters;

public sealed class FilterTests
{
    private readonly PdfWarnings _warnings = new();

    [Theory]
    [InlineData("9jqo^BlbD-BleB1DJ+*+F(f,q~>", "Man is distinguished")]
    [InlineData("<~9jqo^~>", "Man ")]
    [InlineData("9jq o^\n9jqo", "Man Man")]
    [InlineData("z9j~>", "\0\0\0\0M")]
    [InlineData("9~>", "")]
    [InlineData("", "")]
    public void Ascii85_decodes(string data, string expected) => Assert.Equal(expected, Text(Ascii85.Decode(Encoding.Latin1.GetBytes(data), Output())));

    [Theory]
    [InlineData("48656C6C6F>", "Hello")]
    [InlineData("48 65\n6c 6C 6f", "Hello")]
    [InlineData("487>zz", "Hp")]
    public void AsciiHex_decodes(string data, string expected) => Assert.Equal(expected, Text(AsciiHex.Decode(Encoding.Latin1.GetBytes(data), Output())));

    [Fact]
    public void AsciiHex_decodes_more_than_a_chunk()
    {
        var data = string.Concat(Enumerable.Repeat("4 1", 10_001));

        Assert.Equal(new string('A', 10_001), Text(AsciiHex.Decode(Encoding.Latin1.GetBytes(data), Output())));
    }

    [Theory]
    [InlineData(new byte[] { 2, 65, 66, 67, 254, 68, 128, 69 }, "ABCDDD")]
    [InlineData(new byte[] { 9, 65, 66 }, "AB")]
    [InlineData(new byte[] { 129, 65 }, "128")]
    [InlineData(new byte[] { 0 }, "")]
    public void RunLength_decodes(byte[] data, string expected) =>
        Assert.Equal(expected == "128" ? new string('A', 128) : expected, Text(RunLength.Decode(data, Output())));

    [Fact]
    public void Lzw_decodes_the_example_of_the_standard()
    {
        // ISO 32000-2, 7.4.4.2, example 1
        byte[] data = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];

        Assert.Equal([45, 45, 45, 45, 45, 65, 45, 45, 45, 66], Lzw.Decode(data, early: true, Output()).Written.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lzw_decodes_what_a_plain_encoder_writes(bool early)
    {
        var random = new Random(3);
        var data = Enumerable.Range(0, 60_000).Select(i => (byte)(random.Next(4) == 0 ? random.Next(256) : i % 7)).ToArray();

        Assert.Equal(data, Lzw.Decode(LzwEncoder.Encode(data, early), early, Output()).Written.ToArray());
    }

    [Fact]
    public void Lzw_keeps_what_comes_before_the_damage()
    {
        // clear, 65, then 300: no such string yet
        byte[] data = [0x80, 0x10, 0x65, 0x80];

        Assert.Equal("A", Text(Lzw.Decode(data, early: true, Output())));
        Assert.Single(_warnings.ToList());
    }

    [Fact]
    public void Flate_decodes_with_a_wrong_checksum()
    {
        var data = PdfWriter.Deflate("some text"u8.ToArray());
        data[^1] ^= 1;

        Assert.Equal("some text", Text(Flate.Decode(data, Output())));
        Assert.Empty(_warnings.ToList());
    }

    [Fact]
    public void Flate_decodes_without_a_header()
    {
        Assert.Equal("some text", Text(Flate.Decode(PdfWriter.Deflate("some text"u8.ToArray()).AsMemory(2), Output())));
    }

    [Fact]
    public void Flate_decodes_after_a_stray_line_end_and_a_damaged_header()
    {
        var data = PdfWriter.Deflate("some text"u8.ToArray());

        Assert.Equal("some text", Text(Flate.Decode((byte[])[13, 10, .. data], Output())));
        data[1] ^= 1;
        Assert.Equal("some text", Text(Flate.Decode(data, Output())));
    }

    [Fact]
    public void Flate_keeps_what_comes_before_the_end_of_truncated_data()
    {
        var text = Words(20_000);
        var data = PdfWriter.Deflate(Encoding.Latin1.GetBytes(text));

        var decoded = Text(Flate.Decode(data.AsMemory(0, data.Length / 2), Output()));

        Assert.StartsWith(decoded, text, StringComparison.Ordinal);
        Assert.InRange(decoded.Length, text.Length / 3, text.Length);
        Assert.Single(_warnings.ToList());
    }

    [Fact]
    public void Flate_keeps_what_comes_before_the_damage()
    {
        var text = Words(2_000);
        // a stored block, then one of the reserved type (RFC 1951, 3.2.3)
        var bytes = Encoding.Latin1.GetBytes(text);
        byte[] data = [0x78, 0x01, 0x00, (byte)bytes.Length, (byte)(bytes.Length >> 8), (byte)~bytes.Length, (byte)(~bytes.Length >> 8), .. bytes, 0x07, 0, 0, 0];

        Assert.Equal(text[..^1], Text(Flate.Decode(data, Output()))); // the decompressor keeps back the byte that it had with the damage
        Assert.Single(_warnings.ToList());
    }

    [Fact]
    public void Filters_end_on_random_bytes()
    {
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            var data = new byte[random.Next(200)];
            random.NextBytes(data);

            Text(Flate.Decode(data, Output()));
            Text(Lzw.Decode(data, early: true, Output()));
            Text(RunLength.Decode(data, Output()));
            Text(Ascii85.Decode(data, Output()));
            Text(AsciiHex.Decode(data, Output()));
        }
    }

    private static string Words(int count)
    {
        var random = new Random(7);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => random.Next(10_000)));
    }

    private static string Text(PooledBytes output)
    {
        using var decoded = output.ToDecoded();
        return Encoding.Latin1.GetString(decoded.Span);
    }

    private PooledBytes Output() => new(16, 1 << 24, _warnings);
}
