namespace Rag.Testing;

/// <summary>Passages made from plain text.</summary>
public static class Passages
{
    /// <summary>One passage per text, numbered from 1, each the second chunk of a document of its own, so that its offsets differ from those of its text.</summary>
    public static IReadOnlyList<Passage> Of(params IReadOnlyList<string> texts) => [.. texts.Select((text, i) => new Passage(i + 1, Chunk($"doc{i + 1}.md", text), texts.Count - i))];

    /// <summary>The chunk that holds <paramref name="text"/> behind a first paragraph of its document.</summary>
    public static Chunk Chunk(string documentId, string text)
    {
        const string before = "An opening paragraph that no question asks about.\n\n";
        var whole = before + text;
        return Rag.Chunk.Of(new Document(documentId, documentId, whole, [new(BlockKind.Paragraph, new(0, whole.Length))]) { Path = "/files/" + documentId, Language = "en" }, 1, new(before.Length, whole.Length));
    }
}
