using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class PlainTextReaderTests : DocumentReaderContract
{
    private const string Prose = "Über den Wolken\n\nDie erste Zeile,\nnoch eine.\n \t\n  Ein zweiter Absatz \ud83d\ude00 mit 東京.\r\n\r\nSchluss";

    [Fact]
    public async Task Blank_lines_split_blocks_and_line_breaks_stay()
    {
        var document = await ReadAsync(Encoding.UTF8.GetBytes(Prose));

        Assert.Equal("Über den Wolken\n\nDie erste Zeile,\nnoch eine.\n\nEin zweiter Absatz \ud83d\ude00 mit 東京.\n\nSchluss", document.Text);
        Assert.Equal([1, 3, 4, 6, 8], new[] { "Über", "Die", "noch", "zweiter", "Schluss" }.Select(w => document.Lines!.At(document.Text.IndexOf(w, StringComparison.Ordinal))));
        Assert.Equal("text/plain", document.MediaType);
    }

    [Fact]
    public async Task Code_keeps_its_indentation()
    {
        var reader = new PlainTextReader { Blocks = BlockKind.Code };

        var document = await reader.ReadAsync(new MemoryStream("class A\n{\n\n\n    int x;\n}\n"u8.ToArray()), "a.cs");

        Assert.Equal("class A\n{\n\n    int x;\n}", document.Text);
        Assert.Equal([1, 2, 5, 6], new[] { "class", "{", "int", "}" }.Select(w => document.Lines!.At(document.Text.IndexOf(w, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    [InlineData("\uFEFF")]
    public async Task An_empty_source_is_an_empty_document(string text)
    {
        var document = await ReadAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal("", document.Text);
        Assert.Empty(document.Blocks);
    }

    [Fact]
    public async Task Lines_are_exact_for_random_text_with_every_line_end()
    {
        var random = new Random(1);
        string[] pieces = ["\n", "\r\n", "\r", "\n\n", " ", "\t", " \0", "\ud83d\ude00", "é"];
        for (var round = 0; round < 50; round++)
        {
            var source = new StringBuilder();
            for (var word = 0; word < 400; word++)
            {
                source.Append('w').Append(word).Append('x', random.Next(200) == 0 ? 70_000 : 0).Append(pieces[random.Next(pieces.Length)]);
            }

            var lines = source.ToString().ReplaceLineEndings("\n").Split('\n');
            var document = await ReadAsync(Encoding.UTF8.GetBytes(source.ToString()));

            for (var at = document.Text.IndexOf('w'); at >= 0; at = document.Text.IndexOf('w', at + 1))
            {
                var word = document.Text.AsSpan(at, Math.Min(5, document.Text.Length - at)).ToString().Split(['x', '\n', '\t', ' ', '\ud83d', 'é'])[0];
                Assert.Contains(word, lines[document.Lines!.At(at) - 1], StringComparison.Ordinal);
            }

            DocumentPromises.Check(document);
        }
    }

    [Fact]
    public async Task A_few_NULs_vanish_and_binary_bytes_are_refused_with_a_sentence()
    {
        var noise = new byte[10_000];
        new Random(1).NextBytes(noise);

        Assert.Equal("a log line cut short", (await ReadAsync("a log\0\0\0 line\0 cut short"u8.ToArray())).Text);
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(noise));
        Assert.Matches("^'a.txt' cannot be read: it is not text: of its first [0-9,]+ characters as .+, [0-9,]+ are control characters or invalid. Check that it is a text file.$", error.Message);
    }

    [Fact]
    public async Task A_line_of_50_MB_is_read()
    {
        var bytes = new byte[50 << 20];
        bytes.AsSpan().Fill((byte)'x');

        var document = await ReadAsync(bytes);

        Assert.Equal(bytes.Length, document.Text.Length);
        Assert.Single(document.Blocks);
        Assert.Equal([0], document.Lines!.Starts);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new PlainTextReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Prose + "\n\n", 20)));

    private static Task<Document> ReadAsync(byte[] bytes) => new PlainTextReader().ReadAsync(new MemoryStream(bytes), "a.txt");
}
