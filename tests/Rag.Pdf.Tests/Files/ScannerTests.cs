using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class ScannerTests
{
    [Theory]
    [InlineData("0", 0, "")]
    [InlineData("17 0", 17, " 0")]
    [InlineData("+7", 7, "")]
    [InlineData("-.002", -0.002, "")]
    [InlineData("4.", 4, "")]
    [InlineData("--5", -5, "")]
    [InlineData("12-34", 1234, "")]
    [InlineData("1.2.3", 1.2, ".3")]
    [InlineData("-", 0, "")]
    [InlineData(".", 0, "")]
    [InlineData("6.02E3", 6020, "")]
    [InlineData("5endobj", 5, "endobj")]
    [InlineData("0.000000000000000000000000000001", 1e-30, "")]
    [InlineData("123456789.987654321", 123456789.987654321, "")]
    [InlineData("9223372036854775807", 9223372036854775807d, "")]
    public void Number_reads_what_writers_write(string text, double expected, string rest)
    {
        var position = 0;

        var value = Scanner.Number(Encoding.Latin1.GetBytes(text), ref position, out _);

        Assert.Equal(expected, value, Math.Abs(expected) * 1e-12);
        Assert.Equal(rest, text[position..]);
    }

    [Fact]
    public void Number_stays_finite_in_a_float_however_many_digits()
    {
        var position = 0;

        var value = Scanner.Number(Encoding.Latin1.GetBytes(new string('9', 5000) + "e999"), ref position, out var isInteger);

        Assert.True(float.IsFinite((float)(value / 1e18)));
        Assert.False(isInteger);
    }

    [Theory]
    [InlineData("(a) b", "a")]
    [InlineData("(a (b) c)", "a (b) c")]
    [InlineData(@"(a\)b\(c\\)", @"a)b(c\")]
    [InlineData(@"(\101\60\0651\7)", "A051\a")]
    [InlineData("(a\\\nb\\\r\nc)", "abc")]
    [InlineData("(a\r\nb\rc\nd)", "a\nb\nc\nd")]
    [InlineData(@"(\n\r\t\b\f\q)", "\n\r\t\b\fq")]
    [InlineData(@"(\777)", "\u00FF")]
    public void DecodeLiteral_resolves_escapes(string source, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(source);
        var body = bytes.AsSpan(1, Scanner.EndOfLiteral(bytes, 1) - 1);

        var length = Scanner.DecodeLiteral(body, body);

        Assert.Equal(expected, Encoding.Latin1.GetString(body[..length]));
    }

    [Fact]
    public void EndOfLiteral_is_negative_when_nothing_closes_the_string()
    {
        Assert.Equal(-1, Scanner.EndOfLiteral("(a (b)"u8, 1));
        Assert.Equal(-1, Scanner.EndOfLiteral("(a\\"u8, 1));
    }

    [Fact]
    public void DecodeHex_takes_a_last_single_digit_as_followed_by_zero()
    {
        var bytes = new byte[3];

        Assert.Equal(3, Scanner.DecodeHex("4 1\n42z7"u8, bytes));
        Assert.Equal("AB\u0070"u8.ToArray(), bytes);
    }

    [Theory]
    [InlineData("A#20B", "A B")]
    [InlineData("A#", "A#")]
    [InlineData("A#4", "A#4")]
    [InlineData("#zz", "#zz")]
    public void DecodeName_resolves_two_digits_after_a_number_sign(string raw, string expected)
    {
        var bytes = new byte[raw.Length];

        var length = Scanner.DecodeName(Encoding.Latin1.GetBytes(raw), bytes);

        Assert.Equal(expected, Encoding.Latin1.GetString(bytes, 0, length));
    }

    [Fact]
    public void SkipWhite_passes_comments()
    {
        Assert.Equal(13, Scanner.SkipWhite(" % a\r%b\n\0\t\f\r x"u8, 0));
        Assert.Equal(4, Scanner.SkipWhite("%abc"u8, 0));
    }
}
