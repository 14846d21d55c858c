using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>The classic CACM collection: MAP and P@30 that Anserini publishes for its defaults (regressions-cacm).</summary>
public sealed class CacmParityTests
{
    [Theory]
    [InlineData("", 0.3123, 0.1942)]
    [InlineData("rm3", 0.3648, 0.2224)]
    [InlineData("ax", 0.3077, 0.1955)]
    public void Bm25Lucene_reaches_the_published_numbers_of_Anserini(string feedback, double map, double p30) => AssertReaches(KeywordModel.Bm25Lucene, feedback, map, p30);

    [Theory]
    [InlineData("", 0.3265, 0.1942)]
    [InlineData("rm3", 0.3629, 0.2250)]
    [InlineData("ax", 0.2907, 0.1840)]
    public void QueryLikelihood_reaches_the_published_numbers_of_Anserini(string feedback, double map, double p30) => AssertReaches(KeywordModel.QueryLikelihood, feedback, map, p30);

    [Fact]
    public void The_default_gives_what_the_results_page_states() => AssertReaches(KeywordModel.Default, "focused", 0.3770, 0.2096);

    // Anserini publishes no figure for Rocchio on CACM; these are ours.
    [Fact]
    public void Rocchio_gives_what_the_results_page_states()
    {
        AssertReaches(KeywordModel.Bm25Lucene, "rocchio", 0.3600, 0.2160);
        AssertReaches(KeywordModel.QueryLikelihood, "rocchio", 0.3593, 0.2205);
    }

    private static void AssertReaches(KeywordModel model, string feedback, double map, double p30)
    {
        var collection = TestCollection.Cacm();

        var measured = collection.Measure(collection.Index(model), TestCollection.Feedback(feedback));

        Assert.Equal(52, collection.Topics.Count(t => collection.Judgements.ContainsKey(t.Number)));
        Assert.Equal((map, p30), (Math.Round(measured.Map, 4), Math.Round(measured.P30, 4)));
    }
}
