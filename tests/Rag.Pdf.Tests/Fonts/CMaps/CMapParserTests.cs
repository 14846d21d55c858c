using System.Text;
using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Tests.Fonts.CMaps;

public sealed class CMapParserTests
{
    // the example of ISO 32000-2, 9.10.3, example 1
    private const string Example = """
        /CIDInit /ProcSet findresource begin
        12 dict begin
        begincmap
        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
        /CMapName /Adobe-Identity-UCS def
        /CMapType 2 def
        1 begincodespacerange
        <0000> <FFFF>
        endcodespacerange
        2 beginbfrange
        <0000> <005E> <0020>
        <005F> <0061> [<00660066> <00660069> <00660066006C>]
        endbfrange
        1 beginbfchar
        <3A51> <D840DC3E>
        endbfchar
        endcmap CMapName currentdict /CMap defineresource pop end end
        """;

    [Theory]
    [InlineData(0x0000u, " ")]
    [InlineData(0x0021u, "A")]
    [InlineData(0x005Eu, "~")]
    [InlineData(0x005Fu, "ff")]
    [InlineData(0x0060u, "fi")]
    [InlineData(0x0061u, "ffl")]
    [InlineData(0x3A51u, "\U0002003E")]
    [InlineData(0x0062u, null)]
    public void Parse_reads_the_example_of_the_standard(uint code, string? text) => Assert.Equal(text, Parse(Example).TextOf(code));

    [Fact]
    public void Parse_reads_the_example_on_one_line() =>
        Assert.Equal("fi", Parse(Example.Replace('\n', ' ')).TextOf(0x60));

    [Fact]
    public void Parse_needs_no_blanks_between_strings() =>
        Assert.Equal("B", Parse("1 beginbfrange<00><7f><0041>endbfrange").TextOf(1));

    [Theory]
    [InlineData("beginbfchar <41> <66 00 69> endbfchar", 0x41u, "昀")] // a stray last byte
    [InlineData("beginbfchar <41> <5A> endbfchar", 0x41u, "Z")] // one byte
    [InlineData("beginbfchar <41> /eacute endbfchar", 0x41u, "é")]
    [InlineData("beginbfchar <41> 12 <42> <0043> endbfchar", 0x42u, "C")] // a number is passed over
    [InlineData("beginbfchar <41> endbfchar beginbfchar <42> <0043> endbfchar", 0x42u, "C")]
    [InlineData("beginbfchar <41> <0041> beginbfrange <42> <43> <0061> endbfrange", 0x43u, "b")] // the end is missing
    [InlineData("beginbfrange <41> <43> [<0061> /b] endbfrange", 0x42u, "b")]
    [InlineData("beginbfrange <41> <43> [<0061> /b] <50> <51> <0070> endbfrange", 0x51u, "q")]
    [InlineData("beginbfrange <00FE> <0101> <0041> endbfrange", 0x0101u, "D")] // crosses the low byte
    [InlineData("beginbfrange <00> <FF> <D83DDE00> endbfrange", 0x01u, "😁")]
    [InlineData("beginbfrange <00> <FF> <00660069> endbfrange", 0x01u, "fj")]
    [InlineData("beginbfchar <41> <0061> <41> <0062> endbfchar", 0x41u, "b")] // the last counts
    [InlineData("% <41> <0061>\nbeginbfchar % <41> <0061>\n<42> <0062> endbfchar", 0x42u, "b")]
    [InlineData("(beginbfchar \\) <41> ( ) ) beginbfchar <41> <0062> endbfchar", 0x41u, "b")]
    [InlineData("beginbfchar <4\n1> <00 6 2> endbfchar", 0x41u, "b")]
    [InlineData("beginbfchar <41> <0062", 0x41u, "b")]
    [InlineData("beginbfrange <00> <00> <D7FF> <01> <FF> <D7FF> endbfrange", 0x02u, null)] // into the surrogates
    public void Parse_passes_over_what_is_malformed(string source, uint code, string? text) => Assert.Equal(text, Parse(source).TextOf(code));

    [Fact]
    public void Parse_keeps_a_range_of_all_codes_as_one()
    {
        var map = Parse("beginbfrange <00000000> <FFFFFFFF> <0000> <00000000> <FFFFFFFF> [<0041>] endbfrange");

        Assert.Equal("A", map.TextOf(0));
        Assert.Equal("B", map.TextOf(0x42));
        Assert.Equal("\U00010000", map.TextOf(0x10000));
        Assert.Null(map.TextOf(uint.MaxValue));
    }

    [Fact]
    public void Parse_reads_code_spaces_and_cids_by_length_of_code()
    {
        var map = Parse("/WMode 1 def 2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange 2 begincidrange <20> <7e> 1 <8140> <8143> 633 endcidrange 1 begincidchar <0020> 99 endcidchar");

        Assert.True(map.IsVertical);
        Assert.Equal(1, map.Space.Next([0x41, 0x42], out _));
        Assert.Equal(2, map.Space.Next([0x81, 0x42], out _));
        Assert.Equal(2, map.CidOf(0x21, 1));
        Assert.Equal(635, map.CidOf(0x8142, 2));
        Assert.Equal(99, map.CidOf(0x20, 2));
        Assert.Equal(0, map.CidOf(0x7F, 1));
    }

    [Fact]
    public void Parse_builds_on_the_cmap_it_uses()
    {
        var map = Parse("/Identity-V usecmap 1 begincidchar <0005> 7 endcidchar");

        Assert.True(map.IsVertical);
        Assert.True(map.Space.IsTwoBytes);
        Assert.Equal(7, map.CidOf(5, 2));
        Assert.Equal(6, map.CidOf(6, 2));
    }

    [Fact]
    public void Parse_of_mutated_cmaps_never_throws()
    {
        var random = new Random(11);
        var source = Encoding.Latin1.GetBytes(Example + " 1 begincidrange <00> <7F> 1 endcidrange /90ms-RKSJ-H usecmap");
        for (var round = 0; round < 1000; round++)
        {
            var bytes = (byte[])source.Clone();
            for (var i = random.Next(1, 20); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"<>[]()/%F0 bendcmap"[random.Next(19)];
            }

            var map = CMapParser.Parse(bytes.AsSpan(0, random.Next(bytes.Length)), null, PredefinedCMaps.Find);

            Span<byte> text = [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
            var length = map.Space.Next(text, out var code);
            Assert.InRange(length, 1, 3);
            _ = map.TextOf(code);
            Assert.InRange(map.CidOf(code, length), 0, 65535);
        }
    }

    private static CMap Parse(string source) => CMapParser.Parse(Encoding.Latin1.GetBytes(source), null, PredefinedCMaps.Find);
}
