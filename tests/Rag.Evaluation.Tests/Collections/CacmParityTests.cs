using Rag.Indexing;

namespace Rag.Evaluation.Tests.Collections;

/// <summary>The classic CACM collection: MAP and P@30 that Anserini publishes for its defaults (regressions-cacm).</summary>
public sealed class CacmParityTests
{
    [Theory]
    [InlineData("", 0.3123, 0.1942)]
    [InlineData("rm3", 0.3648, 0.2224)]
    [InlineData("ax", 0.3077, 0.1955)]
    public Task Bm25Lucene_reaches_the_published_numbers_of_Anserini(string feedback, double map, double p30) => AssertReachesAsync(KeywordModel.Bm25Lucene, feedback, map, p30);

    [Theory]
    [InlineData("", 0.3265, 0.1942)]
    [InlineData("rm3", 0.3629, 0.2250)]
    [InlineData("ax", 0.2907, 0.1840)]
    public Task QueryLikelihood_reaches_the_published_numbers_of_Anserini(string feedback, double map, double p30) => AssertReachesAsync(KeywordModel.QueryLikelihood, feedback, map, p30);

    [Fact]
    public Task The_default_gives_what_the_results_page_states() => AssertReachesAsync(KeywordModel.Default, "focused", 0.3770, 0.2096);

    // Anserini publishes no figure for Rocchio on CACM; these are ours.
    [Fact]
    public async Task Rocchio_gives_what_the_results_page_states()
    {
        await AssertReachesAsync(KeywordModel.Bm25Lucene, "rocchio", 0.3600, 0.2160);
        await AssertReachesAsync(KeywordModel.QueryLikelihood, "rocchio", 0.3593, 0.2205);
    }

    private static async Task AssertReachesAsync(KeywordModel model, string feedback, double map, double p30)
    {
        var collection = await ClassicMeasures.RequireAsync("cacm");

        var measured = await ClassicMeasures.MeasureAsync(collection, model, feedback);

        Assert.Equal(52, collection.Judgements.WithAnswers().Queries.Count);
        Assert.Equal((map, p30), (measured.Map, measured.P30));
    }
}
