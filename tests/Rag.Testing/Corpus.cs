namespace Rag.Testing;

/// <summary>Small documents for tests of stores and retrievers.</summary>
public static class Corpus
{
    /// <summary>A document whose text is the given passages, one a line.</summary>
    public static Document Text(string id, params string[] passages) => new(id, $"Title of {id}", string.Join('\n', passages), []);

    /// <summary>A chunk for each line of a document, so for each passage of <see cref="Text"/>.</summary>
    public static IReadOnlyList<EmbeddedChunk> Chunks(Document document, Func<int, float[]>? vector = null, string? model = null)
    {
        var chunks = new List<EmbeddedChunk>();
        for (var start = 0; start <= document.Text.Length;)
        {
            var end = document.Text.IndexOf('\n', start) is >= 0 and var at ? at : document.Text.Length;
            chunks.Add(new(Chunk.Of(document, chunks.Count, new(start, end)), vector?.Invoke(chunks.Count)) { Model = model });
            start = end + 1;
        }

        return chunks;
    }

    /// <summary>Asserts that two result lists hold the same chunks in the same order with the very same scores.</summary>
    public static void AssertSame(IReadOnlyList<ScoredChunk> expected, IReadOnlyList<ScoredChunk> actual) =>
        Assert.Equal(expected.Select(c => (c.Chunk.Id, c.Score, c.Chunk.Text)), actual.Select(c => (c.Chunk.Id, c.Score, c.Chunk.Text)));
}
