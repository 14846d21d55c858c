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

    [Theory]
    [InlineData("http://schemas.openxmlformats.org/officeDocument/2006/relationships/commentAuthors", "<c><cmAuthor id='0' name='Ada'/><cmAuthor id='1' name='Bo'/></c>",
        "<c><cm authorId='0'><pos x='1' y='2'/><text>Who says\nthat?</text></cm><cm authorId='1'><text>The mayor.</text></cm><cm authorId='7'><text>Ask.</text></cm><cm authorId='0'><text> </text></cm></c>")]
    [InlineData("http://schemas.microsoft.com/office/2018/10/relationships/authors", "<c><author id='{A}' name='Ada'/><author id='{B}' name='Bo'/></c>",
        "<c xmlns:a='x'><cm authorId='{a}'><replyLst><reply authorId='{B}'><txBody><a:p><a:r><a:t>The </a:t></a:r><a:r><a:t>mayor.</a:t></a:r></a:p></txBody></reply><reply authorId='{C}'><txBody><a:p><a:r><a:t>Ask.</a:t></a:r></a:p></txBody></reply></replyLst><txBody><a:p><a:r><a:t>Who says</a:t></a:r></a:p><a:p><a:r><a:t>that?</a:t></a:r></a:p></txBody></cm></c>")]
    public async Task Comments_follow_their_slide_by_the_names_of_their_authors(string authorsType, string authors, string comments)
    {
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var file = PptxFiles.Of([PptxFiles.Text("title", "One"), PptxFiles.Text("title", "Two")]);
        file = DocxFiles.Replace(file, "ppt/_rels/presentation.xml.rels", DocxFiles.Relationships($"<Relationship Id='rId0' Type='{Office}/slide' Target='slides/slide9.xml'/><Relationship Id='rId1' Type='{Office}/slide' Target='slides/slide8.xml'/><Relationship Id='a' Type='{authorsType}' Target='people.xml'/>"));
        file = DocxFiles.Replace(DocxFiles.Replace(file, "ppt/people.xml", authors), "ppt/comments/one.xml", comments);
        foreach (var slide in new[] { 9, 8 }) // the second points to the same part, which belongs to the first
        {
            file = DocxFiles.Replace(file, $"ppt/slides/_rels/slide{slide}.xml.rels", DocxFiles.Relationships($"<Relationship Id='c' Type='{Office}/comments' Target='../comments/one.xml'/>"));
        }

        var document = await ReadAsync(file);

        Assert.Equal("One\n\nComment by Ada: Who says\nthat?\n\nComment by Bo: The mayor.\n\nComment: Ask.\n\nTwo", document.Text);
        Assert.Equal([1, 1, 1, 1, 2], document.Blocks.Select(block => block.Page));
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
