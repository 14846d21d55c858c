namespace Rag.Testing;

/// <summary>What holds for every document that a reader gives.</summary>
public static class DocumentPromises
{
    /// <summary>Fails the test unless blocks are in order, not empty, not overlapping, cover all text but white space, and pages and lines lie inside the text.</summary>
    public static void Check(Document document)
    {
        var end = 0;
        foreach (var block in document.Blocks)
        {
            Assert.True(block.Span.Start >= end && block.Span.Length > 0 && block.Span.End <= document.Text.Length, $"{block} follows {end} in a text of {document.Text.Length}");
            AssertBlank(document.Text.AsSpan(end..block.Span.Start), end);
            Assert.False(char.IsWhiteSpace(document.Text[block.Span.End - 1]), $"{block} ends in white space");
            CheckLevel(block);
            Assert.Equal(document.Pages?.At(block.Span.Start), block.Page);
            end = block.Span.End;
        }

        AssertBlank(document.Text.AsSpan(end), end);
        CheckNumbering(document.Pages, document.Text);
        CheckNumbering(document.Lines, document.Text);
        CheckCharacters(document.Text);
        Assert.False(string.IsNullOrWhiteSpace(document.Title) && !string.IsNullOrWhiteSpace(document.Id), "the title is blank");
    }

    private static void CheckLevel(Block block)
    {
        var (least, most) = block.Kind switch { BlockKind.Heading => (1, 6), BlockKind.ListItem => (1, int.MaxValue), _ => (0, 0) };
        Assert.InRange(block.Level, least, most);
    }

    private static void CheckNumbering(Numbering? numbering, string text)
    {
        if (numbering is not null)
        {
            Assert.Equal(1, numbering.First);
            Assert.Equal(0, numbering.Starts[0]);
            Assert.InRange(numbering.Starts[^1], 0, text.Length);
        }
    }

    private static void AssertBlank(ReadOnlySpan<char> between, int start) =>
        Assert.True(between.IsWhiteSpace(), $"No block covers the text at {start}: '{between}'");

    private static void CheckCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\t')))
            {
                Assert.Fail($"U+{(int)c:X4} at {i} has no place in a document");
            }
        }
    }
}
