using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("", null, "text/plain")]
    [InlineData("", "a.docx", "text/plain")]
    [InlineData("words", null, "text/plain")]
    [InlineData("# words", "a.MD", "text/markdown")]
    [InlineData("words", "dir.md/a", "text/plain")]
    [InlineData("words", "a.cs", "text/x-source")]
    [InlineData("a,b", "a.csv", "text/csv")]
    [InlineData("words", "a.pdf", "text/plain")]
    [InlineData("<!DOCTYPE html><p>", "a.txt", "text/html")]
    [InlineData("\uFEFF \n<!-- x --><HTML lang='en'>", "a.md", "text/html")]
    [InlineData("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html>", "a.xml", "text/html")]
    [InlineData("<?xml version='1.0'?><feed>", "a", "application/xml")]
    [InlineData("<div align='center'>\n\n# Name", "README.md", "text/markdown")]
    [InlineData("<div>words</div>", null, "text/html")]
    [InlineData("<T> is a type", "a.txt", "text/plain")]
    [InlineData("%PDF-1.7", "a.txt", "application/pdf")]
    [InlineData("junk %PDF-1.7", "a.pdf", "application/pdf")]
    [InlineData("Write(\"%PDF-1.7\")", "a.cs", "text/x-source")]
    [InlineData("{\\rtf1", "a.doc", "application/rtf")]
    public void Detect_believes_the_content_first(string content, string? fileName, string mediaType)
    {
        Assert.Equal(mediaType, MediaTypes.Detect(Encoding.UTF8.GetBytes(content), fileName));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, "image/png")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "application/gzip")]
    [InlineData(new byte[] { 0x50, 0x4B, 5, 6, 0, 0 }, "application/zip")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, "application/octet-stream")]
    public void Detect_knows_binary_formats(byte[] content, string mediaType)
    {
        Assert.Equal(mediaType, MediaTypes.Detect(content, "a.txt"));
    }

    [Theory]
    [InlineData("office-markitdown", "*.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("office-markitdown", "*.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("office-markitdown", "*.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("office-markitdown", "*.epub", "application/epub+zip")]
    [InlineData("office-markitdown", "*.xls", "application/vnd.ms-excel")]
    [InlineData("office-markitdown", "*.html", "text/html")]
    [InlineData("office-docling", "*.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("office-docling", "*.odt", "application/vnd.oasis.opendocument.text")]
    [InlineData("office-docling", "*.html", "text/html")]
    [InlineData("demo-efcore-docs", "*.md", "text/markdown")]
    [InlineData("pdf", "*.pdf", "application/pdf")]
    public void Detect_knows_every_file_of_the_data_by_its_content(string folder, string pattern, string mediaType)
    {
        var files = Directory.GetFiles(SharedData.Require(folder), pattern, SearchOption.AllDirectories);

        var wrong = files.Where(f => MediaTypes.Detect(File.ReadAllBytes(f), mediaType.StartsWith("text/", StringComparison.Ordinal) ? f : "a.txt") != mediaType).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(wrong);
    }
}
