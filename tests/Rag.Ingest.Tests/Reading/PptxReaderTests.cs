using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class PptxReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_presentation_is_read_slide_by_slide()
    {
        var document = await ReadAsync(PptxFiles.Sample());

        Golden.Check("sample.pptx.txt", Golden.Describe(document));
        Assert.Equal("slide 4", document.Pages!.Names![3]);
        Assert.Equal(["Hidden slides were not read: 3. Unhide those that belong to the document."], document.Warnings);
        Assert.Equal(4, document.Pages!.Count);
    }

    [Fact]
    public async Task What_the_master_and_the_layout_say_is_left_out()
    {
        var text = (await ReadAsync(PptxFiles.Sample())).Text;

        Assert.DoesNotContain("Confidential", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of the layout", text, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Broken { get; } = new()
    {
        { "another zip", DocxFiles.Zip(("a.txt", "x"u8.ToArray())), "no presentation part" },
        { "an entity", DocxFiles.Replace(PptxFiles.Of([PptxFiles.Text("title", "a")]), "ppt/slides/slide9.xml", "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><sld>&a;</sld>"), "damaged" },
        { "a cut slide", DocxFiles.Replace(PptxFiles.Of([PptxFiles.Text("title", "a")]), "ppt/slides/slide9.xml", "<sld><cSld><spTree>"), "damaged" },
        { "groups in groups", PptxFiles.Of([string.Concat(Enumerable.Repeat("<p:grpSp>", 5_000)) + string.Concat(Enumerable.Repeat("</p:grpSp>", 5_000))]), "nested more than 256 deep" },
        { "a huge chart", DocxFiles.Replace(PptxFiles.Sample(), "ppt/chart.xml", $"<c>{new string(' ', 17 << 20)}</c>"), "unpacks to more than" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_presentation_is_refused_with_a_sentence(string name, byte[] bytes, string expected)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));

        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{name}: {error.Message}");
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new PptxReader(limits);

    protected override byte[] Sample() => PptxFiles.Sample();

    private static Task<Document> ReadAsync(byte[] bytes) => new PptxReader().ReadAsync(new MemoryStream(bytes), "folder/sample.pptx");
}
