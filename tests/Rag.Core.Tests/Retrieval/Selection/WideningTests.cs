using Rag.Generation;
using Rag.Retrieval.Selection;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval.Selection;

/// <summary>Sentence windows and merged sections over one document of two sections.</summary>
public sealed class WideningTests
{
    private const string Text = "Ferries\n\nThe ferry leaves at noon. It carries 40 cars.\n\nIt returns at dusk.\n\nCranes\n\nThe crane lifts cargo. It stands on rails. It turns. It is yellow. It is old.";

    private static readonly Document Harbour = new("harbour.md", "Harbour", Text, Blocks(Text)) { Language = "en", Tags = new Dictionary<string, string> { ["kind"] = "a" } };

    [Theory]
    [InlineData("40 cars", 0, "It carries 40 cars.")]
    [InlineData("40 cars", 1, "The ferry leaves at noon. It carries 40 cars.\n\nIt returns at dusk.")]
    [InlineData("It turns", 1, "It stands on rails. It turns. It is yellow.")]
    [InlineData("crane lifts", 3, "It carries 40 cars.\n\nIt returns at dusk.\n\nCranes\n\nThe crane lifts cargo. It stands on rails. It turns. It is yellow.")]
    [InlineData("It is old", 9, Text)]
    public async Task A_hit_is_widened_by_the_sentences_around_it(string words, int sentences, string expected)
    {
        await using var store = await StoreAsync();

        var found = Assert.Single(await new SentenceWindowRetriever(new ScriptedRetriever(Hit(words, 5)), store, sentences).RetrieveAsync(new("q"), 3));

        Assert.Equal((expected, Hit(words, 5).Chunk.Id, 5d), (found.Chunk.Text, found.Chunk.Id, found.Score));
        Assert.Equal(found.Chunk.Span.Of(Text), found.Chunk.Text);
        Assert.Same(Harbour.Tags, found.Chunk.Tags);
    }

    [Fact]
    public async Task Windows_that_overlap_or_touch_become_one_in_the_place_of_the_best()
    {
        await using var store = await StoreAsync();
        var retriever = new SentenceWindowRetriever(new ScriptedRetriever(Hit("It turns", 5), Hit("The ferry", 4), Hit("returns", 3), Hit("yellow", 2)), store, 0);

        var found = await retriever.RetrieveAsync(new("q"), 9);

        Assert.Equal([("It turns. It is yellow.", 5d), ("The ferry leaves at noon.", 4d), ("It returns at dusk.", 3d)], found.Select(f => (f.Chunk.Text, f.Score)));
    }

    [Fact]
    public async Task A_hit_that_bridges_two_windows_joins_them_and_more_is_fetched()
    {
        await using var store = await StoreAsync();
        var retriever = new SentenceWindowRetriever(new ScriptedRetriever(Hit("The ferry", 5), Hit("returns", 4), Hit("40 cars", 3), Hit("yellow", 2)), store, 0);

        var found = await retriever.RetrieveAsync(new("q"), 2);

        Assert.Equal([("The ferry leaves at noon. It carries 40 cars.\n\nIt returns at dusk.", 5d), ("It is yellow.", 2d)], found.Select(f => (f.Chunk.Text, f.Score)));
    }

    [Fact]
    public async Task Enough_of_a_section_gives_the_section()
    {
        await using var store = await StoreAsync();
        ScoredChunk[] hits = [Hit("The ferry", 5, "Harbour > Ferries > Now"), Hit("It turns", 4, "Harbour > Cranes"), Hit("returns", 3, "Harbour > Ferries"), Hit("yellow", 2, "Harbour > Cranes")];

        var found = await new AutoMergingRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 4);

        Assert.Equal([("Ferries\n\nThe ferry leaves at noon. It carries 40 cars.\n\nIt returns at dusk.", 5d, "Harbour > Ferries"), ("It turns.", 4d, "Harbour > Cranes"), ("It is yellow.", 2d, "Harbour > Cranes")],
            found.Select(f => (f.Chunk.Text, f.Score, f.Chunk.Context)));
        Assert.Equal((hits[0].Chunk.Id, found[0].Chunk.Span.Of(Text)), (found[0].Chunk.Id, found[0].Chunk.Text));
    }

    [Fact]
    public async Task Merged_subsections_count_for_the_section_around_them()
    {
        const string text = "A\n\nB\n\nOne. Two.\n\nC\n\nThree. Four.\n\nD\n\nFive.";
        var document = new Document("d", "d", text, Blocks(text, heading => heading == "A" ? 1 : 2)) { Language = "en" };
        await using var store = new InMemoryChunkStore();
        await store.ReplaceDocumentAsync(document, []);
        ScoredChunk[] hits = [.. ((string[])["One.", "Two.", "Three.", "Four."]).Select((words, i) => Of(document, i, words, 9 - i))];

        Assert.Equal(["B\n\nOne. Two.", "C\n\nThree. Four."], (await new AutoMergingRetriever(new ScriptedRetriever(hits), store, 0.65).RetrieveAsync(new("q"), 4)).Select(f => f.Chunk.Text));
        Assert.Equal([text], (await new AutoMergingRetriever(new ScriptedRetriever(hits), store, 0.6).RetrieveAsync(new("q"), 4)).Select(f => f.Chunk.Text));
        Assert.Equal(2, (await new AutoMergingRetriever(new ScriptedRetriever(hits), store, 0.6, maxLength: 30).RetrieveAsync(new("q"), 4)).Count);
    }

    [Fact]
    public async Task Only_what_is_among_the_results_counts_as_found()
    {
        await using var store = await StoreAsync();
        ScoredChunk[] hits = [Hit("The ferry", 5), Hit("yellow", 4), Hit("returns", 3)];

        Assert.Equal(["The ferry leaves at noon.", "It is yellow."], (await new AutoMergingRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 2)).Select(f => f.Chunk.Text));
    }

    [Fact]
    public async Task A_document_that_was_changed_or_deleted_since_leaves_its_hits_as_they_are()
    {
        await using var store = await StoreAsync();
        await store.ReplaceDocumentAsync(Harbour with { Text = "The ferry" + Text, Blocks = [] }, []);
        ScoredChunk[] hits = [Hit("40 cars", 5), Hit("returns", 4)];

        Corpus.AssertSame(hits, await new SentenceWindowRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 4));
        Corpus.AssertSame(hits, await new AutoMergingRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 4));
        await store.DeleteDocumentAsync(Harbour.Id);
        Corpus.AssertSame(hits, await new SentenceWindowRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 4));
        Corpus.AssertSame(hits, await new AutoMergingRetriever(new ScriptedRetriever(hits), store).RetrieveAsync(new("q"), 4));
    }

    [Fact]
    public async Task A_document_is_that_of_the_tenant_who_asks()
    {
        await using var store = await StoreAsync();
        await store.ReplaceDocumentAsync(Harbour with { Tenant = "t", Title = "Theirs" }, []);
        var inner = new ScriptedRetriever(Hit("The ferry", 5), Hit("returns", 4));

        Assert.Equal("Theirs", (await new SentenceWindowRetriever(inner, store).RetrieveAsync(new("q") { Tenant = "t" }, 4))[0].Chunk.Title);
        Assert.Equal("Theirs", (await new AutoMergingRetriever(inner, store).RetrieveAsync(new("q") { Tenant = "t" }, 4))[0].Chunk.Title);
    }

    [Fact]
    public async Task A_citation_of_what_stands_around_a_hit_verifies()
    {
        await using var store = await StoreAsync();
        var retriever = new SentenceWindowRetriever(new ScriptedRetriever(Hit("The ferry", 5)), store, 1);

        var answer = await new RagPipeline(retriever, ScriptedAnswerGenerator.Saying("It carries 40 cars. [1]")).AskAsync("How many cars?");

        AnswerContract.Check(answer);
        Assert.Equal("It carries 40 cars.", Assert.Single(answer.Citations).Source.Of(Text));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await using var store = new InMemoryChunkStore();

        Assert.Throws<ArgumentOutOfRangeException>(() => new SentenceWindowRetriever(new ScriptedRetriever(), store, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoMergingRetriever(new ScriptedRetriever(), store, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoMergingRetriever(new ScriptedRetriever(), store, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoMergingRetriever(new ScriptedRetriever(), store, maxLength: 0));
    }

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var store = new InMemoryChunkStore();
        await store.ReplaceDocumentAsync(Harbour, []);
        return store;
    }

    /// <summary>The sentence that holds the words.</summary>
    private static ScoredChunk Hit(string words, double score, string context = "") => Of(Harbour, Text.IndexOf(words, StringComparison.Ordinal), words, score, context);

    private static ScoredChunk Of(Document document, int index, string words, double score, string context = "")
    {
        var at = document.Text.IndexOf(words, StringComparison.Ordinal);
        var start = Math.Max(document.Text.LastIndexOf('\n', at), document.Text.LastIndexOf(". ", at, StringComparison.Ordinal) + 1) + 1;
        return new(Chunk.Of(document, index, new(start, document.Text.IndexOf('.', at) + 1), context), score);
    }

    private static List<Block> Blocks(string text, Func<string, int>? level = null)
    {
        var blocks = new List<Block>();
        foreach (var part in text.Split("\n\n"))
        {
            var start = blocks.Count == 0 ? 0 : blocks[^1].Span.End + 2;
            var isHeading = !part.EndsWith('.');
            blocks.Add(new(isHeading ? BlockKind.Heading : BlockKind.Paragraph, new(start, start + part.Length), isHeading ? level?.Invoke(part) ?? 1 : 0));
        }

        return blocks;
    }
}
