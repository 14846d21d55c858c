using Rag.Llama.Embeddings;

namespace Rag.Llama.Tests.Embeddings;

public sealed class ScoreTests
{
    [Fact]
    public void Logistic_is_a_half_at_zero_and_rises()
    {
        var values = Enumerable.Range(-50, 101).Select(x => Logistic.Of(x / 5.0)).ToList();

        Assert.Equal(0.5, Logistic.Of(0));
        Assert.Equal(values.Order(), values);
        Assert.All(values, v => Assert.InRange(v, 0, 1));
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(-1000, 0)]
    public void Logistic_of_extremes_is_finite(double logit, double expected) => Assert.Equal(expected, Logistic.Of(logit));

    // e^1 / (e^1 + e^2 + e^3) = 0.0900306
    [Fact]
    public void Share_is_softmax() => Assert.Equal(0.0900306, Logistic.Share([1, 2, 3], 0), 1e-6);

    [Fact]
    public void Share_of_large_logits_is_finite() => Assert.Equal([1.0, 0.0], [Logistic.Share([500, -500], 0), Logistic.Share([500, -500], 1)]);

    [Theory]
    [InlineData("no,yes", 1)]
    [InlineData("Yes,No", 0)]
    [InlineData("contradiction,entailment,neutral", 1)]
    [InlineData("LABEL_0,LABEL_1", 1)]
    [InlineData("bad,fair,good", 2)]
    [InlineData(",", 1)]
    public void Choose_takes_the_label_that_says_it_is_good_or_the_last(string labels, int place) =>
        Assert.Equal(place, ClassifierScore.Choose(labels.Split(','), null));

    [Fact]
    public void Choose_takes_the_label_asked_for() => Assert.Equal(0, ClassifierScore.Choose(["Bad", "yes"], "bad"));

    [Fact]
    public void Choose_refuses_a_label_that_is_not_there() =>
        Assert.Contains("no label 'maybe'. Labels: no, (unnamed).", Assert.Throws<ArgumentException>(() => ClassifierScore.Choose(["no", ""], "maybe")).Message, StringComparison.Ordinal);
}
