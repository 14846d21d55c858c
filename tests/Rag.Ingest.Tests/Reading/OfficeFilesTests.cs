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
