using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class PageRetrieverTests
{
    [Fact]
    public async Task The_best_passage_stands_for_its_page_and_the_others_step_back()
    {
        var found = await RetrieveAsync(Hit("a", 0, 1, 10), Hit("a", 1, 1, 9), Hit("a", 2, 1, 8), Hit("a", 3, 2, 7), Hit("b", 0, 1, 6));

        Assert.Equal([("a#0", 10.98), ("a#3", 7), ("b#0", 6), ("a#1", 4.5), ("a#2", 2)], found.Select(f => (f.Chunk.Id, Math.Round(f.Score, 6))));
    }

    [Fact]
    public async Task A_page_with_two_good_passages_comes_before_a_page_with_one()
    {
        var found = await RetrieveAsync(Hit("a", 0, 1, 10), Hit("a", 1, 2, 9.5), Hit("a", 2, 2, 9));

        Assert.Equal(["a#1", "a#0", "a#2"], found.Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Every_passage_of_a_document_of_one_page_is_still_found()
    {
        var found = await RetrieveAsync([.. Enumerable.Range(0, 6).Select(i => Hit("a", i, 1, 10 - i))]);

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"a#{i}"), found.Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Passages_without_a_place_on_a_page_keep_order_and_scores()
    {
        ScoredChunk[] hits = [Hit("a", 0, 1, 3, boxes: false), Hit("a", 1, 1, 2, boxes: false), Hit("a", 2, null, 1, boxes: false)];

        Assert.Equal(hits, await RetrieveAsync(hits));
    }

    [Fact]
    public async Task Results_descend_and_are_those_of_the_inner_retriever()
    {
        var random = new Random(4);
        for (var round = 0; round < 100; round++)
        {
            var hits = Enumerable.Range(0, random.Next(1, 40)).Select(i => Hit($"d{random.Next(3)}", i, random.Next(1, 6), random.NextDouble() * 10)).OrderByDescending(h => h.Score).ToArray();

            var found = await RetrieveAsync(hits);

            Assert.Equal(hits.Select(h => h.Chunk.Id).Order(), found.Select(f => f.Chunk.Id).Order());
            Assert.Equal(found.OrderByDescending(f => f.Score).ThenBy(f => f.Chunk.Id, StringComparer.Ordinal), found);
        }
    }

    [Fact]
    public async Task An_explained_score_is_the_sum_of_its_terms()
    {
        ScoredChunk[] hits = [Hit("a", 0, 1, 10) with { Terms = [new("x", 1, 1, 10)] }, Hit("a", 1, 1, 4) with { Terms = [new("x", 1, 1, 3), new("y", 1, 1, 1)] }];

        var found = await new PageRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("x") { Explain = true }, 10);

        Assert.All(found, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score), 9));
    }

    private static Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(params ScoredChunk[] hits) => new PageRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("q"), 50);

    private static ScoredChunk Hit(string document, int index, int? page, double score, bool boxes = true) => new(
        new($"{document}#{index}", document, "text", new(10 * index, (10 * index) + 4))
        {
            Pages = page is { } number ? new([0], number) : null,
            Boxes = boxes ? new([new(new(10 * index, (10 * index) + 4), new(page ?? 1, 0, 0, 1, 1))]) : null,
        },
        score);
}
