using Rag.Evaluation.Reports;
using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Evaluation.Tests.Reports;

public sealed class RunComparisonTests
{
    [Fact]
    public void Differences_are_those_of_the_run_over_the_baseline()
    {
        var (a, b) = (Runs.Of("a", 0.5, 0.1 + 0.2, 1, 0.4), Runs.Of("b", 0.6, 0.3, 0.5, 0.4));

        var comparison = RunComparison.Of(a, b, "ndcg_cut_10");

        Assert.Equal((1, 2, 1), (comparison.Won, comparison.Tied, comparison.Lost)); // .1 + .2 is no win over .3
        Assert.Equal(-0.1, comparison.Interval.Mean, 12);
        Assert.Equal(PairedTTest.Of(a.Values("ndcg_cut_10"), b.Values("ndcg_cut_10")), comparison.TTest);
        Assert.Equal(RandomisationTest.P(a.Values("ndcg_cut_10"), b.Values("ndcg_cut_10")), comparison.RandomisationP);
        Assert.InRange(comparison.Interval.Low, -0.5, -0.1);
        Assert.InRange(comparison.Interval.High, -0.1, 0.1);
    }

    [Fact]
    public void A_difference_is_more_than_chance_where_ten_of_ten_queries_gain_and_not_where_five_do()
    {
        var baseline = Runs.Of("a", [.. Enumerable.Repeat(0.5, 10)]);

        Assert.True(RunComparison.Of(baseline, Runs.Of("b", [.. Enumerable.Repeat(0.6, 10)]), "ndcg_cut_10").IsSignificant);
        Assert.False(RunComparison.Of(baseline, Runs.Of("b", [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? 0.4 : 0.6)]), "ndcg_cut_10").IsSignificant);
    }

    [Fact]
    public void Runs_on_other_queries_are_refused()
    {
        var other = new RunResult("c", "b", [new("x", "", new Dictionary<string, double> { ["ndcg_cut_10"] = 1 }), new("y", "", new Dictionary<string, double> { ["ndcg_cut_10"] = 1 })]);

        Assert.Contains("different queries", Assert.Throws<ArgumentException>(() => RunComparison.Of(Runs.Of("a", 1, 1), other, "ndcg_cut_10")).Message, StringComparison.Ordinal);
    }
}
