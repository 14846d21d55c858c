using Rag.Retrieval.Reranking;

namespace Rag.Core.Tests.Retrieval.Reranking;

public sealed class FeatureRerankerTests
{
    [Theory]
    [InlineData("more of the words", "harbour crane", "The crane of the harbour lifts.", "The crane lifts. Nobody knows.")]
    [InlineData("words side by side", "harbour crane", "Here the harbour crane stands by boats and people.", "Here the harbour stands by boats and people, crane.")]
    [InlineData("words early on", "crane", "A crane for heavy goods that ships bring to the town.", "For heavy goods that ships bring to the town: a crane.")]
    [InlineData("inflected words", "cranes", "The crane lifts goods.", "Those who lift goods.")]
    public async Task Better_is(string what, string question, string better, string worse)
    {
        var found = await new FeatureReranker().RerankAsync(new(question) { Explain = true }, [Hit("a", worse), Hit("b", better), Hit("c", "Some other words.")], 9);

        Assert.True(found[0].Chunk.Id == "b#0", $"Not preferred: {what}. {string.Join(' ', found[0].Terms)}");
        Assert.Equal(["(match)", "(proximity)", "(title)", "(position)"], found[0].Terms.Select(t => t.Term));
    }

    [Fact]
    public async Task Rare_words_count_more_than_common_ones()
    {
        var found = await new FeatureReranker().RerankAsync(new("harbour capstan"), [Hit("a", "harbour one"), Hit("b", "harbour two"), Hit("c", "harbour three"), Hit("z", "capstan four")], 9);

        Assert.Equal("z#0", found[0].Chunk.Id);
    }

    [Fact]
    public async Task Title_and_heading_path_count()
    {
        var found = await new FeatureReranker().RerankAsync(new("harbour crane"), [Hit("a", "It lifts the crane."), Hit("b", "It lifts the crane.") with { Chunk = Hit("b", "It lifts the crane.").Chunk with { Context = "Harbour > Tools" } }], 9);

        Assert.Equal("b#0", found[0].Chunk.Id);
    }

    [Fact]
    public async Task A_question_without_words_keeps_candidates_by_id()
    {
        var found = await new FeatureReranker().RerankAsync(new("???"), [Hit("b", "x"), Hit("a", "y")], 9);

        Assert.Equal([("a#0", 0d), ("b#0", 0d)], found.Select(f => (f.Chunk.Id, f.Score)));
    }

    private static ScoredChunk Hit(string document, string text) => new(new($"{document}#0", document, text, new(0, text.Length)) { Language = "en" }, 1);
}
