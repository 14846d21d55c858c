using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Real files of the office formats, and the strings that a converter of theirs must find in them.</summary>
public sealed partial class OfficeFilesTests
{
    [Theory]
    [InlineData("test.docx")]
    [InlineData("test.xlsx")]
    [InlineData("test.xls")]
    [InlineData("test.pptx")]
    [InlineData("test_mskanji.csv")]
    public async Task What_must_be_found_is_found(string file)
    {
        using var expectations = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Require("office-markitdown/must_include.json")));
        var expected = expectations.RootElement.GetProperty(file);

        var text = Markdown(await DocumentReaders.Default.ReadFileAsync(SharedData.Require($"office-markitdown/{file}"), file));

        // a picture is its alternative text; what stands for its bytes is no text
        var missing = Strings(expected, "must_include").Where(s => !s.StartsWith("data:image", StringComparison.Ordinal)).Select(s => Picture().Replace(s, "$1")).Where(s => !text.Contains(s, StringComparison.Ordinal));
        Assert.Empty(missing);
        Assert.DoesNotContain(Strings(expected, "must_not_include"), s => text.Contains(s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comments_of_a_Word_file_are_found()
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require("office-markitdown/test_with_comment.docx"), "a");

        Assert.Contains("This is a test comment. 12df-321a", document.Text, StringComparison.Ordinal);
        Assert.Contains("Yet another comment in the doc. 55yiyi-asd09", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_office_file_of_the_data_is_read()
    {
        var files = Directory.GetFiles(SharedData.Require("office-docling/sources"), "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".docx" or ".pptx" or ".xlsx" or ".xlsm" or ".odt" or ".odp" or ".csv").ToList();

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var document = await DocumentReaders.Default.ReadFileAsync(file, Path.GetFileName(file));
            DocumentPromises.Check(document);
            Assert.NotEmpty(document.Blocks);
        }
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("pptx")]
    public async Task The_strict_variant_reads_as_the_transitional_one(string kind)
    {
        var transitional = kind switch { "docx" => DocxFiles.Sample(), "xlsx" => XlsxFiles.Sample(), _ => PptxFiles.Sample() };
        var strict = DocxFiles.Zip([.. DocxFiles.Parts(transitional).Select(part => (part.Name, Encoding.UTF8.GetBytes(Strict(Encoding.UTF8.GetString(part.Bytes)))))]);

        Assert.NotEqual(transitional, strict);
        Assert.Equal((await DocumentReaders.Default.ReadAsync(new MemoryStream(transitional), "a")).Text, (await DocumentReaders.Default.ReadAsync(new MemoryStream(strict), "a")).Text);
    }

    // namespaces and types of relationships, ECMA-376 part 1
    private static string Strict(string xml) => xml
        .Replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/", StringComparison.Ordinal)
        .Replace("http://schemas.openxmlformats.org/spreadsheetml/2006/", "http://purl.oclc.org/ooxml/spreadsheetml/", StringComparison.Ordinal)
        .Replace("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/", StringComparison.Ordinal)
        .Replace("http://schemas.openxmlformats.org/presentationml/2006/", "http://purl.oclc.org/ooxml/presentationml/", StringComparison.Ordinal)
        .Replace("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/", StringComparison.Ordinal);

    private static string Markdown(Document document)
    {
        var text = new StringBuilder();
        foreach (var block in document.Blocks)
        {
            text.Append(block.Kind == BlockKind.Heading ? new string('#', block.Level) + " " : "").Append(block.Span.Of(document.Text)).Append("\n\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Strings(JsonElement expected, string name) => expected.GetProperty(name).EnumerateArray().Select(s => s.GetString()!);

    [GeneratedRegex(@"!\[(.*?)\]\(.*?\)")]
    private static partial Regex Picture();
}
