using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class RtfReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_text_is_read_with_its_headings_lists_tables_and_notes()
    {
        var document = await ReadAsync(Sample());

        Golden.Check("sample.rtf.txt", Golden.Describe(document));
    }

    public static TheoryData<string, string, string> Texts { get; } = new()
    {
        { "Unicode with what old readers show", @"{\rtf1\uc1 caf\u233 ?, \uc2\u8364 EU100}", "café, €100" },
        { "Unicode beyond the first plane", @"{\rtf1\uc1\u-10179?\u-8692?}", "\U0001F60C" },
        { "bytes of the document's code page", @"{\rtf1\ansi\ansicpg1251\'cf\'f0\'e8}", "При" },
        { "bytes of the font's code page", @"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}\f1\'93\'fa{\f0\'e9}}", "日é" },
        { "two bytes of which one is written plainly", @"{\rtf1\ansi{\fonttbl{\f1\fcharset128 B;}}\f1\'83A}", "ア" },
        { "hidden and deleted text", @"{\rtf1 a{\v hidden}b\v c\v0 d{\deleted e}f}", "abdf" },
        { "fields give their results", @"{\rtf1 {\field{\*\fldinst HYPERLINK ""http://x""}{\fldrslt a link}} and {\field\fldedit{\*\fldinst DATE}{\fldrslt{2024}}}}", "a link and 2024" },
        { "unknown destinations are passed over", @"{\rtf1 a{\*\unknown b{c}}{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt d}}e}", "ade" },
        { "bytes of a picture", @"{\rtf1 a{\pict\bin3 }}}b}c}", "ac" },
        { "headers, footers and properties", @"{\rtf1{\info{\author A}{\title T}}{\header H}{\footer F}a}", "a" },
        { "symbols", @"{\rtf1 a\~b\_c\-d\tab e\line f\emdash\ldblquote g\rdblquote\{\\\}}", "a\u00A0b\u2011cd\te\nf—“g”{\\}" },
        { "brackets that do not fit", @"{\rtf1 a}}} b{{{c", "a bc" },
        { "numbers beyond all bounds", @"{\rtf1\u99999999999 a\bin-5 b\uc-3 c\ansicpg999999 d}", "\uFFFDbcd" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task What_is_shown_is_read(string what, string rtf, string text)
    {
        var document = await ReadAsync(Encoding.Latin1.GetBytes(rtf));

        Assert.True(text == document.Text, $"{what}: {document.Text}");
    }

    [Fact]
    public async Task Groups_without_end_are_refused_with_a_sentence()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(Encoding.ASCII.GetBytes(@"{\rtf1" + new string('{', 1_000_000))));

        Assert.Contains("nested more than 10,000 deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_corrupt_list_is_read()
    {
        var document = await ReadAsync(await File.ReadAllBytesAsync(SharedData.Require("bad-input/containers/testRTFCorruptListOverride.rtf")));

        Assert.Contains("Apples can be eaten hot or cold", document.Text, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new RtfReader(limits);

    protected override byte[] Sample() => Encoding.Latin1.GetBytes("""
        {\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset2 Symbol;}}
        {\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs2 Strong;}{\s3 heading 2;}}
        {\info{\title Report on the bridge}{\author Jane}}{\header\pard The header\par}
        \pard\plain\s1 The bridge\par
        \pard\plain The bridge is {\b 120 m} long{\footnote\pard Measured in 2020.} and f\'fcnf m wide.\par
        \pard\s3 Parts\par
        \pard{\listtext\f1\'b7\tab}\ls1\ilvl0 the deck\par
        {\listtext\f1\'b7\tab}\ilvl1 its rails\par
        \pard{\listtext 2.\tab}\ls2 the piers\par
        \trowd\cellx100\cellx200\pard\intbl what\cell m\cell\row
        \trowd\pard\intbl length\par of it\cell 120\cell\row
        \pard Shown {\v never} and \u8364? 5.\par
        {\pict\pngblip 89504e47}\page Last page.}
        """);

    private static Task<Document> ReadAsync(byte[] bytes) => new RtfReader().ReadAsync(new MemoryStream(bytes), "sample");
}
