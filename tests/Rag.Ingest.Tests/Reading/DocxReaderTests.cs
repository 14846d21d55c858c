using System.Diagnostics;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class DocxReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_document_is_read_with_its_structure() =>
        Golden.Check("sample.docx.txt", Golden.Describe(await ReadAsync(DocxFiles.Sample())));

    [Fact]
    public async Task Pages_are_those_that_Word_wrote_down()
    {
        var document = await ReadAsync(DocxFiles.Sample());

        Assert.Equal([1, 2, 2, 3, 3], new[] { "Beside", "On the second", "then on", "the third", "control" }.Select(text => document.Pages!.At(document.Text.IndexOf(text, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_document_without_page_marks_has_no_pages() =>
        Assert.Null((await ReadAsync(DocxFiles.Of(DocxFiles.P("Text")))).Pages);

    [Fact]
    public async Task What_the_Open_XML_SDK_writes_is_read()
    {
        var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, DocumentFormat.OpenXml.WordprocessingDocumentType.Document))
        {
            word.PackageProperties.Title = "Made by the SDK";
            word.AddMainDocumentPart().Document = new(new Body(new Paragraph(new Run(new Text("One"))), new Paragraph(new Run(new Text("Two")))));
        }

        var document = await ReadAsync(stream.ToArray());

        Assert.Equal("One\n\nTwo", document.Text);
        Assert.Equal("Made by the SDK", document.Title);
    }

    [Fact]
    public async Task Numbers_go_on_across_lists_that_share_a_definition_and_restart_where_told()
    {
        var items = DocxFiles.Item("a", 1, 0) + DocxFiles.P("between") + DocxFiles.Item("b", 1, 2) + DocxFiles.Item("c", 4, 0) + DocxFiles.Item("d", 1, 0) + DocxFiles.Item("none", 0, 0) + DocxFiles.Item("unknown", 99, 0);

        var document = await ReadAsync(DocxFiles.Of(items, numbering: DocxFiles.Numbering));

        Assert.Equal("1. a\n\nbetween\n\n1.1.a b\n7. c\n8. d\n\nnone\n\nunknown", document.Text);
    }

    [Fact]
    public async Task Headers_and_footers_stand_once_and_comments_behind_their_paragraph()
    {
        var body = "<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:commentReference w:id='3'/></w:r></w:p><w:p><w:r><w:object><o:OLEObject xmlns:o='urn:schemas-microsoft-com:office:office' ProgID='Excel.Sheet.12'/></w:object></w:r></w:p>";

        var document = await ReadAsync(DocxFiles.Of(body, comments: $"<w:comment w:id='3' w:author='Ada'>{DocxFiles.P("Is that so?")}</w:comment>", header: DocxFiles.P("Of the town") + DocxFiles.P("Of the town"), footer: DocxFiles.P("Printed on paper") + DocxFiles.P("12")));

        Assert.Equal("Of the town\n\nText\n\nComment by Ada: Is that so?\n\nEmbedded object: Excel.Sheet.12\n\nPrinted on paper", document.Text);
    }

    public static TheoryData<string, byte[], string> Broken { get; } = new()
    {
        { "no zip", "PK no zip at all"u8.ToArray(), "not a complete zip" },
        { "an OLE file", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "password-protected or a legacy" },
        { "another zip", DocxFiles.Zip(("a.txt", "x"u8.ToArray())), "no main document part" },
        { "a name that climbs", DocxFiles.Zip(("../../etc/passwd", "x"u8.ToArray()), ("_rels/.rels", Rels("../../etc/passwd"))), "no main document part" },
        { "a link to the outside", DocxFiles.Zip(("_rels/.rels", Rels("http://localhost/document.xml"))), "no main document part" },
        { "cut XML", DocxFiles.Zip(("word/document.xml", "<w:document"u8.ToArray()), ("_rels/.rels", Rels("word/document.xml"))), "damaged" },
        { "an entity bomb", DocxFiles.Zip(("word/document.xml", Encoding.UTF8.GetBytes("<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>")), ("_rels/.rels", Rels("word/document.xml"))), "damaged" },
        { "an entity that points outside", DocxFiles.Zip(("word/document.xml", Encoding.UTF8.GetBytes("<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><d>&a;</d>")), ("_rels/.rels", Rels("word/document.xml"))), "damaged" },
        { "ten thousand levels", DocxFiles.Of(string.Concat(Enumerable.Repeat("<w:ins>", 10_000)) + string.Concat(Enumerable.Repeat("</w:ins>", 10_000))), "nested more than 256 deep" },
        { "a zip bomb", DocxFiles.Zip(("word/document.xml", new byte[100 << 20]), ("_rels/.rels", Rels("word/document.xml"))), "unpacks to more than" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_document_is_refused_with_a_sentence(string name, byte[] bytes, string expected)
    {
        var watch = Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));

        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{name}: {error.Message}");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_part_that_unpacks_to_more_than_its_directory_says_is_refused()
    {
        var bytes = DocxFiles.Zip(("word/document.xml", new byte[100 << 20]), ("_rels/.rels", Rels("word/document.xml")));
        // the uncompressed size stands in the central directory, 24 bytes after its signature, and nowhere else that is trusted
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) is var last ? bytes.AsSpan(0, last).LastIndexOf("PK\u0001\u0002"u8) is var first and >= 0 ? first : last : 0;
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24, 4), 1_000);

        await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));
    }

    [Theory]
    [InlineData("bad-input/office-fuzz", "*.docx")]
    [InlineData("bad-input/containers", "*")]
    public async Task Known_bad_files_give_a_document_or_a_sentence(string folder, string pattern)
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Require(folder), pattern))
        {
            try
            {
                DocumentPromises.Check(await ReadAsync(await File.ReadAllBytesAsync(path)));
            }
            catch (DocumentFormatException error)
            {
                Assert.StartsWith("'a.docx' cannot be read: ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new DocxReader(limits);

    protected override byte[] Sample() => DocxFiles.Sample();

    private static byte[] Rels(string target) =>
        Encoding.UTF8.GetBytes(DocxFiles.Relationships($"<Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='{target}'/>"));

    private static Task<Document> ReadAsync(byte[] bytes) => new DocxReader().ReadAsync(new MemoryStream(bytes), "a.docx");
}
