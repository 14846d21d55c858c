using System.Text;
using Rag.Pdf.Fonts.Programs;

namespace Rag.Pdf.Tests.Fonts.Programs;

public sealed class Type1ProgramTests
{
    [Fact]
    public void TextOfCode_reads_the_array()
    {
        var program = Open("%!PS-AdobeFont-1.0: X\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 11/ff put\ndup 65 /alpha put\ndup 8#102 /beta put\ndup 999 /x put\nreadonly def\ndup 67 /gamma put currentfile eexec dup 68 /delta put");

        Assert.Equal(["ff", "α", "β", null, null], new byte[] { 11, 65, 66, 67, 68 }.Select(program.TextOfCode));
    }

    [Fact]
    public void TextOfCode_knows_the_standard_encoding() =>
        Assert.Equal(["A", "’", null], new byte[] { 65, 39, 192 }.Select(Open("%!FontType1\n/Encoding StandardEncoding def eexec").TextOfCode));

    [Fact]
    public void Open_reads_a_file_with_segments() =>
        Assert.Equal("A", FontProgram.Open((byte[])[0x80, 1, 60, 0, 0, 0, .. "%!FontType1\n/Encoding StandardEncoding def eexec"u8])!.TextOfCode(65));

    private static IFontProgram Open(string source) => FontProgram.Open(Encoding.Latin1.GetBytes(source))!;
}
