using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Agents.Tests.Tools;

/// <summary>A small store to use tools on.</summary>
internal sealed class Library
{
    public InMemoryChunkStore Store { get; } = new();

    public IRetriever Retriever => new KeywordRetriever(Store);

    /// <summary>Adds a document, one chunk for each paragraph.</summary>
    public async Task<Library> AddAsync(string title, string text, Func<Document, Document>? change = null)
    {
        List<TextSpan> paragraphs = [];
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf("\n\n", at, StringComparison.Ordinal) is >= 0 and var blank ? blank : text.Length;
            paragraphs.Add(new(at, end));
            at = end + 2;
        }

        var document = new Document($"{title.ToLowerInvariant().Replace(' ', '-')}.md", title, text, [.. paragraphs.Select(p => new Block(BlockKind.Paragraph, p))]) { Language = "en" };
        document = change?.Invoke(document) ?? document;
        await Store.ReplaceDocumentAsync(document, [.. paragraphs.Select((p, i) => new EmbeddedChunk(Chunk.Of(document, i, p)))]);
        return this;
    }

    /// <summary>Every passage of the run stands in its document as it says.</summary>
    public async Task AssertVerbatimAsync(AgentContext run, string tenant = "")
    {
        foreach (var chunk in run.Passages.Select(p => p.Chunk))
        {
            var document = await Store.GetDocumentAsync(chunk.DocumentId, tenant);
            Assert.Equal(chunk.Text, chunk.Span.Of(document!.Text));
            Assert.Contains(await Store.GetChunksAsync(chunk.DocumentId, tenant), c => c.Chunk.Id == chunk.Id && c.Chunk.Span.Contains(chunk.Span));
        }
    }
}
