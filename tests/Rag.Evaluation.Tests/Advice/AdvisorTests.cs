using Rag.Evaluation.Advice;

namespace Rag.Evaluation.Tests.Advice;

public sealed class AdvisorTests
{
    private static readonly Situation Small = new(10, 16_000, 2);
    private static readonly Situation Large = new(10_000, 40_000_000, 2);

    [Fact]
    public void What_does_not_fit_into_half_of_the_window_is_retrieved()
    {
        Assert.Equal(Approach.Retrieve, Advisor.Of(Large).Approach);
        Assert.Equal(Approach.Prompt, Advisor.Of(Small).Approach);
        Assert.Equal(Approach.Prompt, Advisor.Of(Small with { Tokens = 16_384 }).Approach);
        Assert.Equal(Approach.Retrieve, Advisor.Of(Small with { Tokens = 16_385 }).Approach);
        Assert.Equal(Approach.Retrieve, Advisor.Of(new(0, 0, 0)).Approach);
    }

    [Fact]
    public void What_fits_is_retrieved_all_the_same_where_reading_everything_costs_more()
    {
        var priced = Small with { PriceIn = 2.5m, Questions = 1_000_000 };

        Assert.Equal((10_000m, 40_000m), (priced.RetrievalCost, priced.WholeCost));
        Assert.Equal(Approach.Retrieve, Advisor.Of(priced).Approach);
        Assert.Equal(Approach.Prompt, Advisor.Of(priced with { Tokens = 3_000 }).Approach); // less than the passages would be
    }

    [Theory]
    [InlineData(499, Approach.Retrieve)]
    [InlineData(500, Approach.RetrieveAndTune)]
    public void Manner_is_trained_where_there_are_enough_rated_answers(int examples, Approach approach) =>
        Assert.Equal(approach, Advisor.Of(Large with { Manner = true, Examples = examples }).Approach);

    [Fact]
    public void Each_figure_is_given_with_what_follows_from_it()
    {
        var advice = Advisor.Of(Large with { Churn = 0.12, LatencyMs = 8, PriceIn = 1, Manner = true, Examples = 20 });

        Assert.Equal(
            [
                "10,000 documents with 40,000,000 tokens, a window of 32,768",
                "12 % of the documents change in a month",
                "passages are found in 2 ms, an answer may take 8",
                "reading costs 4 a month with passages, 40000 with everything, for 1,000 questions",
                "the manner of the answers is what is wanting; 20 rated answers are there",
            ],
            advice.Reasons.Select(r => r.Figure));
        Assert.StartsWith("Finding them is a good part of the time", advice.Reasons[2].Consequence, StringComparison.Ordinal);
        Assert.StartsWith("Show the best of them first", advice.Reasons[4].Consequence, StringComparison.Ordinal);
    }
}
