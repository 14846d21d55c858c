using Rag.Evaluation.Measures;

namespace Rag.Evaluation.Tests.Measures;

public sealed class TrecMeasuresTests
{
    // Relevant at ranks 1, 3 and 6 of 6, a fourth never found: by hand, as Manning et al. do in chapter 8.
    private static readonly JudgedRanking Example = JudgedRanking.Of(
        ["a", "x", "b", "y", "z", "c"], new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 1, ["d"] = 1, ["x"] = 0, ["y"] = 0 });

    [Theory]
    [InlineData("map", (1.0 + (2.0 / 3) + (3.0 / 6)) / 4)]
    [InlineData("map_cut_3", (1.0 + (2.0 / 3)) / 4)]
    [InlineData("P_5", 2.0 / 5)]
    [InlineData("P_10", 3.0 / 10)]
    [InlineData("recall_5", 2.0 / 4)]
    [InlineData("success_1", 1)]
    [InlineData("recip_rank", 1)]
    [InlineData("Rprec", 2.0 / 4)]
    [InlineData("iprec_at_recall_0.5", 2.0 / 3)]
    [InlineData("iprec_at_recall_1", 0)]
    [InlineData("set_F", 2 * 0.5 * 0.75 / 1.25)]
    [InlineData("unj_5", 1.0 / 5)]
    [InlineData("bpref", (1 + (1 - (1.0 / 2)) + (1 - (2.0 / 2))) / 4)]
    public void Value_is_the_one_computed_by_hand(string measure, double expected) => Assert.Equal(expected, TrecMeasures.Find(measure)!.Of(Example), 12);

    [Fact]
    public void Ndcg_divides_discounted_grades_by_those_of_the_best_order()
    {
        var dcg = 1 + (2 / Math.Log2(4)) + (1 / Math.Log2(7));
        var ideal = 2 + (1 / Math.Log2(3)) + (1 / Math.Log2(4)) + (1 / Math.Log2(5));

        Assert.Equal(dcg / ideal, TrecMeasures.Find("ndcg")!.Of(Example), 12);
        Assert.Equal(dcg / ideal, TrecMeasures.Find("ndcg_cut_10")!.Of(Example), 12);
        Assert.Equal((dcg + 1) / (ideal + 2), TrecMeasures.Find("ndcg_2=4")!.Of(Example), 12);
    }

    [Fact]
    public void Reciprocal_rank_with_a_depth_is_0_below_it()
    {
        var late = JudgedRanking.Of([.. Enumerable.Range(0, 11).Select(i => $"d{i}")], new Dictionary<string, int> { ["d10"] = 1 });

        Assert.Equal(0, TrecMeasures.Find("recip_rank_cut_10")!.Of(late));
        Assert.Equal(1.0 / 11, TrecMeasures.Find("recip_rank")!.Of(late));
    }

    [Fact]
    public void An_empty_list_and_empty_judgements_give_numbers()
    {
        JudgedRanking[] empty = [JudgedRanking.Of([], new Dictionary<string, int> { ["a"] = 1 }), JudgedRanking.Of(["a"], new Dictionary<string, int>()), JudgedRanking.Of([], new Dictionary<string, int>())];
        var names = TrecMeasures.Names.Select(n => n == "ndcg_LEVEL=x" ? "ndcg_1=2" : n.Replace("_k", "_5", StringComparison.Ordinal).Replace("utility_x", "utility_1,1,1,0", StringComparison.Ordinal).Replace("_x", "_0.5", StringComparison.Ordinal));

        Assert.All(TrecMeasures.Named(names), m => Assert.All(empty, e => Assert.True(double.IsFinite(m.Of(e)), m.Name)));
    }

    [Theory]
    [InlineData("P_0")]
    [InlineData("P_-1")]
    [InlineData("P_")]
    [InlineData("P")]
    [InlineData("ndcg_1=x")]
    [InlineData("ndcg_1=NaN")]
    [InlineData("utility_1,2")]
    [InlineData("nonsense")]
    public void A_name_that_means_nothing_is_not_found(string name)
    {
        Assert.Null(TrecMeasures.Find(name));
        Assert.Contains("Measures: num_ret", Assert.Throws<ArgumentException>(() => TrecMeasures.Named(name)).Message, StringComparison.Ordinal);
    }
}
