using Rag.Evaluation.Statistics;

namespace Rag.Evaluation.Tests.Statistics;

public sealed class SignificanceTests
{
    // Student's own example (Cushny and Peebles, hours of sleep gained with two drugs; Biometrika 1908): t = 4.0621 with 9 degrees of freedom, p = .002833 (R, help(sleep)).
    private static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void PairedTTest_gives_the_numbers_of_Students_example()
    {
        var test = PairedTTest.Of(First, Second);

        Assert.Equal((1.58, 9), (Math.Round(test.MeanDifference, 10), test.DegreesOfFreedom));
        Assert.Equal(4.0621, test.T, 4);
        Assert.Equal(0.002833, test.P, 6);
    }

    [Theory]
    [InlineData(12.706205, 1, 0.05)]
    [InlineData(2.228139, 10, 0.05)]
    [InlineData(2.0, 2, 0.1835034)] // closed form for two degrees: 1 - t / sqrt(2 + t^2)
    [InlineData(3.169273, 10, 0.01)]
    [InlineData(1.983972, 100, 0.05)]
    [InlineData(0, 5, 1)]
    public void TwoSided_gives_the_numbers_of_tables(double t, double degrees, double p) => Assert.Equal(p, StudentDistribution.TwoSided(t, degrees), 6);

    [Fact]
    public void PairedTTest_knows_lists_that_do_not_differ_and_lists_that_differ_by_the_same()
    {
        Assert.Equal((0.0, 1.0), PairedTTest.Of([1, 2, 3], [1, 2, 3]) is var same ? (same.T, same.P) : default);
        Assert.Equal(0, PairedTTest.Of([1, 2, 3], [2, 3, 4]).P);
    }

    [Fact]
    public void RandomisationTest_is_exact_for_few_queries()
    {
        // All signs the same in 2 of 2^4 assignments.
        Assert.Equal(2.0 / 16, RandomisationTest.P([0, 0, 0, 0], [1, 1, 1, 1]));
        // The sums of +-.1 +-.2 +-.3 +-.3 are at least .3 away from 0 in 12 of 16 assignments.
        Assert.Equal(12.0 / 16, RandomisationTest.P([0, 0, 0, 0], [.1, .2, .3, -.3]), 12);
        Assert.Equal(1, RandomisationTest.P([1, 2, 3], [1, 2, 3]));
    }

    [Fact]
    public void RandomisationTest_samples_what_is_too_much_to_enumerate()
    {
        var differences = First.Concat(First).Zip(Second.Concat(Second), (a, b) => b - a).Select((d, i) => i % 3 == 0 ? -d : d).ToArray();
        var zeros = new double[differences.Length];

        var p = RandomisationTest.P(zeros, differences, seed: 7);

        Assert.Equal(p, RandomisationTest.P(zeros, differences, seed: 7));
        Assert.Equal(p, RandomisationTest.P(zeros, differences, seed: 8), 0.01);
        Assert.Equal(PairedTTest.Of(zeros, differences).P, p, 0.02);
    }

    [Fact]
    public void BootstrapInterval_comes_near_to_that_of_the_t_distribution()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (i * 37 % 200) / 200.0)];

        var interval = BootstrapInterval.OfMean(values, seed: 3);

        // Standard error of the mean of 200 values from 0 to 1 at equal steps: .28867 / sqrt(200) = .02041.
        Assert.Equal(0.4975, interval.Mean, 10);
        Assert.Equal(0.4975 - (1.96 * 0.02041), interval.Low, 0.002);
        Assert.Equal(0.4975 + (1.96 * 0.02041), interval.High, 0.002);
        Assert.Equal(interval, BootstrapInterval.OfMean(values, seed: 3));
        Assert.Equal(new(0.5, 0.5, 0.5), BootstrapInterval.OfMean([0.5]));
    }

    [Fact]
    public void Lists_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedTTest.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RandomisationTest.P([1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfMean([]));
    }
}
