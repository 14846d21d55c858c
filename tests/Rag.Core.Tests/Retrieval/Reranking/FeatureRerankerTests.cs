using Rag.Retrieval.Reranking;

namespace Rag.Core.Tests.Retrieval.Reranking;

public sealed class FeatureRerankerTests
{
    [Theory]
    [InlineData("more of the words", "harbour crane", "The crane lifts goods in the harbour.", "The crane lifts goods in the town.")]
    [InlineData("words side by side", "harbour crane", "Here the harbour crane stands by boats and people.", "Here the harbour stands by boats and people, crane.")]
    [InlineData("words early on", "crane", "A crane for heavy goods that ships bring to the town from lands that lie on the other side of all seas.", "For heavy goods that ships bring to the town from lands that lie on the other side of all seas: a crane.")]
    [InlineData("inflected words", "cranes", "The crane lifts goods.", "Those who lift goods.")]
    public async Task Better_is(string what, string question, string better, string worse)
    {
        var found = await new FeatureReranker().RerankAsync(new(question) { Explain = true }, [Hit("a", worse), Hit("b", better), Hit("c", "Some other words.")], 9);

        Assert.True(found[0].Chunk.Id == "b#0", $"Not preferred: {what}. {string.Join(' ', found[0].Terms)}");
        Assert.Equal(["(rank)", "(coverage)", "(proximity)", "(title)", "(position)"], found[0].Terms.Select(t => t.Term));
    }

    [Fact]
    public async Task Rare_words_count_more_than_common_ones()
    {
        var found = await new FeatureReranker().RerankAsync(new("harbour capstan"), [Hit("a", "harbour one"), Hit("z", "capstan four"), Hit("b", "harbour two"), Hit("c", "harbour three")], 9);

        Assert.Equal("z#0", found[0].Chunk.Id);
    }

    [Fact]
    public async Task Title_and_heading_path_count()
    {
        var found = await new FeatureReranker().RerankAsync(new("harbour crane"), [Hit("a", "It lifts the crane."), Hit("b", "It lifts the crane.") with { Chunk = Hit("b", "It lifts the crane.").Chunk with { Context = "Harbour > Tools" } }], 9);

        Assert.Equal("b#0", found[0].Chunk.Id);
    }

    [Fact]
    public async Task What_no_feature_tells_apart_keeps_its_order()
    {
        var found = await new FeatureReranker().RerankAsync(new("???"), [Hit("b", "x"), Hit("a", "y"), Hit("c", "z")], 9);

        Assert.Equal([("b#0", 1d), ("a#0", 50 / 51.0), ("c#0", 50 / 52.0)], found.Select(f => (f.Chunk.Id, f.Score)));
    }

    private static ScoredChunk Hit(string document, string text) => new(new($"{document}#0", document, text, new(0, text.Length)) { Language = "en" }, 1);
}
