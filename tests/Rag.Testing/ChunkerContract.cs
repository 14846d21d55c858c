using Rag.Ingest.Chunking;

namespace Rag.Testing;

/// <summary>What every chunker promises, over seeded random documents. Inherit it and give the chunker.</summary>
public abstract class ChunkerContract
{
    /// <summary>The chunker under test with this token counter.</summary>
    protected abstract IChunker Create(ITokenCounter counter);

    /// <summary>The length in tokens that no chunk of <see cref="Create"/> exceeds.</summary>
    protected abstract int MaxTokens { get; }

    /// <summary>Characters counted per character of text; a bound on work that does not depend on the clock.</summary>
    protected virtual int MaxWork => 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Chunks_are_stretches_of_the_text_that_cover_its_words_in_order(int seed)
    {
        var random = new Random(seed);
        var document = RandomDocuments.Next(random, random.Next(1, 60));

        var chunks = Create(new ApproximateTokenCounter()).Split(document);

        var covered = new bool[document.Text.Length];
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            Assert.False(string.IsNullOrWhiteSpace(chunk.Text));
            Assert.Equal(document.Text[chunk.Span.Start..chunk.Span.End], chunk.Text);
            Assert.Equal(($"{document.Id}#{i}", document.Id), (chunk.Id, chunk.DocumentId));
            Assert.True(i == 0 || chunks[i - 1].Span.Start < chunk.Span.Start, $"Chunk {i} begins at {chunk.Span.Start}, not after the one before it.");
            Assert.False(char.IsLowSurrogate(chunk.Text[0]) || char.IsHighSurrogate(chunk.Text[^1]), $"Chunk {i} cuts a character.");
            covered.AsSpan(chunk.Span.Start, chunk.Span.Length).Fill(true);
        }

        var missed = Enumerable.Range(0, document.Text.Length).FirstOrDefault(at => !covered[at] && !char.IsWhiteSpace(document.Text[at]), -1);
        Assert.True(missed < 0, $"No chunk has the character at {missed}.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Chunks_keep_the_limit_whatever_the_counter(int seed)
    {
        var document = RandomDocuments.Next(new(seed), 30);
        ITokenCounter[] counters = [new ApproximateTokenCounter(), new CharacterCounter(), new SpaceCounter()];

        foreach (var counter in counters)
        {
            var counts = Create(counter).Split(document).Select(chunk => counter.Count(chunk.Text)).ToArray();
            Assert.InRange(counts.Min(), 1, MaxTokens);
            Assert.InRange(counts.Max(), 1, MaxTokens);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_document_gives_the_same_chunks(int seed)
    {
        var document = RandomDocuments.Next(new(seed), 40);
        var chunker = Create(new ApproximateTokenCounter());

        var (first, second) = (chunker.Split(document), Create(new ApproximateTokenCounter()).Split(document with { }));

        Assert.True(first.Select(c => (c.Id, c.Span, c.Context)).SequenceEqual(second.Select(c => (c.Id, c.Span, c.Context))));
        Assert.Equal(chunker.Name, Create(new ApproximateTokenCounter()).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void A_blank_document_has_no_chunks(string text)
    {
        Assert.Empty(Create(new ApproximateTokenCounter()).Split(new("blank.txt", "Blank", text, [])));
    }

    [Fact]
    public void A_document_without_blocks_is_cut_as_running_text()
    {
        var text = string.Join(' ', Enumerable.Repeat("One sentence stands here.", 500));

        var chunks = Create(new ApproximateTokenCounter()).Split(new("plain.txt", "Plain", text, []));

        Assert.True(chunks.Count > 1);
        Assert.Equal((0, text.Length), (chunks[0].Span.Start, chunks[^1].Span.End));
    }

    public static TheoryData<string, BlockKind, int> Extremes => new()
    {
        { "one long line of words ", BlockKind.Paragraph, 20_000 },
        { "withoutanyspace", BlockKind.Paragraph, 20_000 },
        { "漢字かな", BlockKind.Paragraph, 50_000 },
        { "Short sentence. ", BlockKind.ListItem, 20_000 },
        { "| a row | of cells |\n", BlockKind.Table, 10_000 },
        { "    var x = y;\n", BlockKind.Code, 10_000 },
        { "Heading words ", BlockKind.Heading, 10_000 },
    };

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Work_grows_with_the_text_and_no_faster(string piece, BlockKind kind, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times)).TrimEnd();

        Assert.InRange(Work(new("long.txt", "Long", text, [new(kind, new(0, text.Length), kind is BlockKind.Heading ? 1 : 0)])), 0, MaxWork);
    }

    [Theory]
    [InlineData(BlockKind.Heading)]
    [InlineData(BlockKind.Paragraph)]
    public void Work_does_not_depend_on_how_many_blocks_the_text_has(BlockKind kind)
    {
        var text = string.Concat(Enumerable.Repeat("ab\n\n", 20_000)).TrimEnd();
        Block[] blocks = [.. Enumerable.Range(0, 20_000).Select(i => new Block(kind, new(i * 4, (i * 4) + 2), kind is BlockKind.Heading ? 1 + (i % 6) : 0))];

        Assert.InRange(Work(new("many.txt", "Many", text, blocks)), 0, MaxWork);
    }

    private double Work(Document document)
    {
        var counter = new CountingCounter();
        var chunks = Create(counter).Split(document);
        Assert.NotEmpty(chunks);
        return (counter.Characters + chunks.Sum(c => (long)c.Context.Length)) / (double)document.Text.Length;
    }

    private sealed class CountingCounter : ITokenCounter
    {
        private readonly ApproximateTokenCounter _inner = new();

        public long Characters { get; private set; }

        public int Count(ReadOnlySpan<char> text)
        {
            Characters += text.Length;
            return _inner.Count(text);
        }
    }

    private sealed class CharacterCounter : ITokenCounter
    {
        public int Count(ReadOnlySpan<char> text) => text.IsWhiteSpace() ? 0 : (text.Length + 2) / 3;
    }

    // Two words together count more than one and one.
    private sealed class SpaceCounter : ITokenCounter
    {
        public int Count(ReadOnlySpan<char> text) => text.IsWhiteSpace() ? 0 : 1 + (text.Count(' ') * 2) + text.Count('\n') + (text.Length / 8);
    }
}
