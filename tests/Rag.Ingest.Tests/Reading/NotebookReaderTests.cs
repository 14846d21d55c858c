using System.Text.Json;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class NotebookReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task Cells_and_their_texts_are_kept_and_all_else_is_left_out()
    {
        var document = await ReadAsync(File());

        Assert.Equal("Kiln log\n\nA first look.\n\n- one\n\nx = 1\nprint(x)\n\n1\n\n41\n\nKeyError: 'no'\n\nraw words\n\nplot()", document.Text);
        Assert.Equal(["Heading", "Paragraph", "ListItem", "Code", "Code", "Code", "Code", "Paragraph", "Code"], document.Blocks.Select(block => block.Kind.ToString()));
        Assert.Equal(["cell 1", "cell 2", "cell 2", "cell 4"], new[] { "first", "print", "KeyError", "plot" }.Select(word => document.Lines!.NameAt(document.Text.IndexOf(word, StringComparison.Ordinal))));
        Assert.Equal("Kiln log", document.Title);
        DocumentPromises.Check(document);
    }

    [Fact]
    public async Task Long_outputs_are_cut_with_a_warning()
    {
        var document = await ReadAsync(new { cells = new object[] { new { cell_type = "code", source = "x", outputs = new object[] { new { output_type = "stream", text = new string('y', 5_000) } } } } });

        Assert.Equal(4_000, document.Blocks[1].Span.Length);
        Assert.StartsWith("1 outputs longer than 4,000 characters", Assert.Single(document.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_notebooks_are_read()
    {
        var document = await ReadAsync(new { worksheets = new[] { new { cells = new object[] { new { cell_type = "heading", level = 2, source = "Old" }, new { cell_type = "code", input = new[] { "a\n", "b" }, outputs = new object[] { new { text = "c" }, new { png = "xx", text = "no" } } } } } } });

        Assert.Equal("Old\n\na\nb\n\nc", document.Text);
    }

    [Theory]
    [InlineData("{\"cells\": [")]
    [InlineData("[1]")]
    public async Task What_is_no_notebook_is_refused_with_a_sentence(string file)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => OutlineTexts.ReadAsync(file, "a.ipynb"));

        Assert.StartsWith("'a.ipynb' cannot be read: it is not a notebook (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_converter_finds_is_found()
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require("office-markitdown/test_notebook.ipynb"), "a");

        Assert.Equal(["Heading 1 Test Notebook", "Code 0 print(\"markitdown\")", "Code 0 markitdown", "Heading 2 Code Cell Below", "Code 0 # comment in code\nprint(42)", "Code 0 42", "Paragraph 0 End"], document.Blocks.Select(block => $"{block.Kind} {block.Level} {block.Span.Of(document.Text)}"));
        Assert.Equal("Test Notebook Title", document.Title);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new NotebookReader(limits);

    protected override byte[] Sample() => JsonSerializer.SerializeToUtf8Bytes(File());

    private static object File() => new
    {
        nbformat = 4,
        metadata = new { language_info = new { name = "python" } },
        cells = new object[]
        {
            new { cell_type = "markdown", source = new[] { "# Kiln *log*\n", "\n", "A first look. ![](data:image/png;base64,AAAA)\n\n- one" } },
            new
            {
                cell_type = "code",
                source = new[] { "x = 1\n", "print(x)" },
                outputs = new object[]
                {
                    new { output_type = "stream", name = "stdout", text = new[] { "\u001b[31m1\u001b[0m\n" } },
                    new { output_type = "execute_result", data = new Dictionary<string, object> { ["text/plain"] = "41", ["text/html"] = "<b>no</b>" } },
                    new { output_type = "display_data", data = new Dictionary<string, object> { ["text/plain"] = "<Figure>", ["image/png"] = "AAAA" } },
                    new { output_type = "error", ename = "KeyError", evalue = "'no'", traceback = new[] { "no" } },
                },
            },
            new { cell_type = "raw", source = "raw words" },
            new { cell_type = "code", source = "plot()", outputs = Array.Empty<object>() },
        },
    };

    private static Task<Document> ReadAsync(object file) => OutlineTexts.ReadAsync(JsonSerializer.Serialize(file), "a.ipynb");
}
