using Rag.Ingest.Chunking;
using Rag.Testing;

namespace Rag.Ingest.Tests.Chunking;

public sealed class SentenceWindowChunkerTests : ChunkerContract
{
    protected override int MaxTokens => 80;

    protected override IChunker Create(ITokenCounter counter) => new SentenceWindowChunker(4, 2, 80, counter);

    [Fact]
    public void Windows_step_through_the_sentences_of_a_section()
    {
        const string Text = "Title\n\nOne is here. Two is here. Three is here. Four is here.";

        var chunks = new SentenceWindowChunker(3, 2).Split(new("a.md", "A", Text, [new(BlockKind.Heading, new(0, 5), 1), new(BlockKind.Paragraph, new(7, Text.Length))]));

        Assert.Equal(["Title\n\nOne is here. Two is here.", "Two is here. Three is here. Four is here."], chunks.Select(c => c.Text));
        Assert.All(chunks, c => Assert.Equal("Title", c.Context));
    }
}
