using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class TextStringTests
{
    [Theory]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x41, 0x26, 0x3A }, "A\u263A")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41, 0x00, 0x3A, 0x26 }, "A\u263A")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x41, 0x26 }, "A\uFFFD")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x41, 0xE2, 0x98, 0xBA }, "A\u263A")]
    [InlineData(new byte[] { 0x41, 0x80, 0x92, 0xA0, 0xE9, 0x18 }, "A\u2022\u2122\u20AC\u00E9\u02D8")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x1B, 0, 0x65, 0, 0x6E, 0, 0x1B, 0, 0x41 }, "A")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x1B, 0, 0x41 }, "A")]
    [InlineData(new byte[] { 0x41, 0x00, 0x00 }, "A")]
    [InlineData(new byte[] { }, "")]
    public void Decode_reads_each_encoding(byte[] bytes, string expected) => Assert.Equal(expected, TextString.Decode(bytes));
}
