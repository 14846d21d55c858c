using System.Text;
using System.Text.RegularExpressions;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests.Reading;

/// <summary>What all readers promise that divide a text and keep it as it stands.</summary>
internal static partial class OutlineTexts
{
    public static Task<Document> ReadAsync(string text, string name) => DocumentReaders.Default.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);

    /// <summary>The document's text is that of the file, but for blank lines, and each word of it stands on its line.</summary>
    public static void CheckVerbatim(Document document, string file)
    {
        Assert.Equal(White().Replace(file, " ").Trim(), White().Replace(document.Text, " ").Trim());
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < document.Text.Length; at++)
        {
            if (!char.IsWhiteSpace(document.Text[at]) && (at == 0 || document.Text[at - 1] == '\n'))
            {
                var end = document.Text.IndexOf('\n', at) is >= 0 and var found ? found : document.Text.Length;
                Assert.Contains(document.Text[at..end].Trim(), lines[document.Lines!.At(at) - 1], StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The context of the block that holds <paramref name="words"/>.</summary>
    public static string? ContextOf(Document document, string words) => BlockOf(document, words).Context;

    /// <summary>The text of the block that holds <paramref name="words"/>.</summary>
    public static string TextOf(Document document, string words) => BlockOf(document, words).Span.Of(document.Text);

    /// <summary>The context of the chunk that holds <paramref name="words"/>.</summary>
    public static string ChunkContextOf(Document document, string words) => new StructureChunker().Split(document).First(chunk => chunk.Text.Contains(words, StringComparison.Ordinal)).Context;

    private static Block BlockOf(Document document, string words)
    {
        var at = document.Text.IndexOf(words, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{words}' is not in the text.");
        return document.Blocks.First(block => block.Span.Start <= at && at < block.Span.End);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
