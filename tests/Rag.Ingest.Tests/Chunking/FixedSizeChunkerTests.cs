using Rag.Ingest.Chunking;
using Rag.Testing;

namespace Rag.Ingest.Tests.Chunking;

public sealed class FixedSizeChunkerTests : ChunkerContract
{
    protected override int MaxTokens => 60;

    protected override IChunker Create(ITokenCounter counter) => new FixedSizeChunker(60, 20, counter);

    [Fact]
    public void A_passage_repeats_the_end_of_the_one_before()
    {
        var text = string.Join(' ', Enumerable.Range(10, 10));

        var chunks = new FixedSizeChunker(4, 2).Split(new("numbers.txt", "Numbers", text, []));

        Assert.Equal(["10 11 12 13", "12 13 14 15", "14 15 16 17", "16 17 18 19"], chunks.Select(c => c.Text));
    }

    [Fact]
    public void An_overlap_of_more_than_half_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FixedSizeChunker(10, 6));
}
