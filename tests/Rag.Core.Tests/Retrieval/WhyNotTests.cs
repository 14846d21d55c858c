using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class WhyNotTests
{
    [Theory]
    [InlineData("other", LostAt.Store, null)]
    [InlineData("secret", LostAt.Store, null)]
    [InlineData("scan", LostAt.Reading, null)]
    [InlineData("french", LostAt.Filter, null)]
    [InlineData("silent", LostAt.Analysis, null)]
    [InlineData("weak", LostAt.Ranking, 3)]
    [InlineData("best", LostAt.Nowhere, 1)]
    public async Task The_first_step_that_loses_a_document_is_named(string document, LostAt step, int? rank)
    {
        await using var store = await StoreAsync();
        var query = new Query("copper kettle") { Filter = FilterParser.Parse("lang = 'en'") };

        var absence = await new WhyNot(store, new KeywordRetriever(store), options: new() { Top = 2 }).ExplainAsync(query, document);

        Assert.Equal((step, rank), (absence.Step, absence.Rank));
        Assert.Contains(document, absence.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_see_a_document_is_told_of_it()
    {
        await using var store = await StoreAsync();

        var absence = await new WhyNot(store, new KeywordRetriever(store)).ExplainAsync(new("copper kettle") { Groups = ["board"] }, "secret");

        Assert.Equal(LostAt.Nowhere, absence.Step);
    }

    [Fact]
    public async Task A_budget_that_is_spent_before_is_the_reason()
    {
        await using var store = await StoreAsync();

        var absence = await new WhyNot(store, new KeywordRetriever(store), options: new() { Budget = new() { MaxPassageTokens = 12 } }).ExplainAsync(new("copper kettle"), "weak");

        Assert.Equal(LostAt.Budget, absence.Step);
        Assert.Contains("12 tokens", absence.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fusion_loses_is_told_from_what_nobody_finds()
    {
        await using var store = await StoreAsync();
        ScoredChunk Hit(string id, double score) => new(Chunk.Of(Document(id, "en", "text"), 0, new(0, 4)), score);
        var arm = new ScriptedRetriever(Hit("weak", 1));
        var fused = new ScriptedRetriever(Hit("a", 3), Hit("b", 2), Hit("weak", 1));

        var absence = await new WhyNot(store, fused, new Dictionary<string, IRetriever> { ["dense"] = arm }, new() { Top = 1 }).ExplainAsync(new("copper"), "weak");

        Assert.Equal((LostAt.Fusion, 3), (absence.Step, absence.Rank));
        Assert.StartsWith("dense alone ranks 'weak' 1", absence.Reason, StringComparison.Ordinal);
    }

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var store = new InMemoryChunkStore();
        Document[] documents =
        [
            Document("best", "en", "copper kettle copper kettle"),
            Document("good", "en", "a copper kettle for the kitchen"),
            Document("weak", "en", "one kettle among many other things of the kitchen that need a place"),
            Document("silent", "en", "nothing of the kind"),
            Document("scan", "en", ""),
            Document("french", "fr", "copper kettle"),
            Document("secret", "en", "copper kettle") with { Groups = ["board"] },
        ];
        foreach (var document in documents)
        {
            await store.ReplaceDocumentAsync(document, document.Text.Length == 0 ? [] : [new(Chunk.Of(document, 0, new(0, document.Text.Length)))]);
        }

        return store;
    }

    private static Document Document(string id, string language, string text) => new(id, "", text, []) { Tags = new Dictionary<string, string> { ["lang"] = language } };
}
