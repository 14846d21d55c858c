using Rag.Indexing;

namespace Rag.Evaluation.Tests.Collections;

/// <summary>Cranfield: nobody publishes figures that compare to the last digit, so these are those of docs/results/retrieval.md.</summary>
[Trait("Category", "Slow")]
public sealed class CranfieldTests
{
    [Theory]
    [InlineData("bm25-lucene", "", 0.2790, 0.3416)]
    [InlineData("bm25-lucene", "rm3", 0.3132, 0.3605)]
    [InlineData("bm25-lucene", "ax", 0.2764, 0.3235)]
    [InlineData("bm25-lucene", "rocchio", 0.3153, 0.3608)]
    [InlineData("default", "focused", 0.3414, 0.4038)]
    [InlineData("ql", "", 0.2449, 0.3036)]
    [InlineData("ql", "rm3", 0.2751, 0.3257)]
    [InlineData("ql", "ax", 0.2344, 0.2755)]
    [InlineData("ql", "rocchio", 0.2762, 0.3190)]
    public async Task Map_and_ndcg_are_those_of_the_results_page(string model, string feedback, double map, double ndcg10)
    {
        var collection = await ClassicMeasures.RequireAsync("cranfield");

        var measured = await ClassicMeasures.MeasureAsync(collection, KeywordModel.All.Single(m => m.Name == model), feedback);

        Assert.Equal((map, ndcg10), (measured.Map, measured.Ndcg10));
    }
}
