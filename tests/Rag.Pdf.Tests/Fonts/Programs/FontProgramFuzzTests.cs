using System.Diagnostics;
using System.Text;
using Rag.Pdf.Fonts.Programs;
using static Rag.Pdf.Tests.Fonts.Programs.FontBuilder;

namespace Rag.Pdf.Tests.Fonts.Programs;

public sealed class FontProgramFuzzTests
{
    public static TheoryData<string> Kinds => ["TrueType", "CFF", "CID", "Type1"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_of_mutated_programs_never_throws(string kind)
    {
        var source = kind switch
        {
            "TrueType" => OpenType(("cmap", CMap(3, 1, Format4((0x20, 0x7E, 1), (0x400, 0x4FF, 100)))), ("post", Post(".notdef", "a", "b")), ("CFF ", Cff(["a", "b"], 65))),
            "CFF" => Cff(["eacute", "f_i", "g7"], 65),
            "CID" => Cff([], 0, cids: [1, 2, 100]),
            _ => Encoding.Latin1.GetBytes("%!PS\n/Encoding 256 array dup 65 /alpha put dup 8#102 /beta put readonly def eexec"),
        };
        var random = new Random(23);
        for (var round = 0; round < 400; round++)
        {
            var bytes = (byte[])source.Clone();
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                bytes[random.Next(4, bytes.Length)] = random.Next(2) == 0 ? (byte)255 : (byte)random.Next(256);
            }

            var program = FontProgram.Open(bytes.AsMemory(0, random.Next(4, bytes.Length + 1)));

            for (var code = 0; code < 256; code += 5)
            {
                _ = program?.TextOfCode((byte)code);
                _ = program?.TextOfGlyph(code - 1);
                _ = program?.GlyphOfCid(code * 257);
            }
        }
    }

    [Fact]
    public void Open_of_a_map_that_claims_all_codes_is_bounded()
    {
        var groups = Enumerable.Range(0, 20_000).SelectMany(_ => U32(0, 0x10FFFF, 1));
        var clock = Stopwatch.StartNew();

        _ = FontProgram.Open(OpenType(("cmap", CMap(3, 10, [.. U16(12, 0), .. U32(0, 0, 20_000), .. groups]))))!.TextOfGlyph(1);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }
}
