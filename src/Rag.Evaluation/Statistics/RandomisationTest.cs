namespace Rag.Evaluation.Statistics;

/// <summary>
/// Whether two systems, measured on the same queries, differ by more than chance: Fisher's randomisation test on the mean difference
/// ("The Design of Experiments", 1935; for retrieval Smucker, Allan and Carterette, CIKM 2007). If systems did not differ, each query's pair could as well be swapped.
/// </summary>
public static class RandomisationTest
{
    // With so few queries every assignment of signs is tried, and the result is exact.
    private const int MaxExact = 16;

    /// <summary>Probability of a difference at least as large, either way, if there were none. Exact up to 16 queries, from there on by seeded sampling.</summary>
    /// <param name="first">Values of one system.</param>
    /// <param name="second">Values of the other on the same queries in the same order.</param>
    /// <param name="seed">Seed of the sampling; the same seed gives the same result.</param>
    /// <param name="rounds">Samples, at least 1. Default 100,000, which Smucker et al. take: an error of .001 at p = .05.</param>
    /// <exception cref="ArgumentException">The lists differ in length or have fewer than two values.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rounds"/> is less than 1.</exception>
    public static double P(IReadOnlyList<double> first, IReadOnlyList<double> second, int seed = 1, int rounds = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var differences = Pairs.Differences(first, second);

        // Sums of the same numbers in another order differ in their last bits and must still count as equal.
        var least = Math.Abs(differences.Sum()) - (1e-12 * differences.Sum(Math.Abs));
        return differences.Length <= MaxExact ? Exact(differences, least) : Sampled(differences, least, new Random(seed), rounds);
    }

    private static double Exact(double[] differences, double least)
    {
        var (all, extreme) = (1 << differences.Length, 0);
        for (var signs = 0; signs < all; signs++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
            {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }

            extreme += Math.Abs(sum) >= least ? 1 : 0;
        }

        return extreme / (double)all;
    }

    // The observed assignment is one of the samples, so that p is never 0 (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, eq. 4.11).
    private static double Sampled(double[] differences, double least, Random random, int rounds)
    {
        var extreme = 1;
        for (var round = 0; round < rounds; round++)
        {
            var (sum, bits) = (0.0, 0L);
            for (var i = 0; i < differences.Length; i++)
            {
                bits = i % 63 == 0 ? random.NextInt64() : bits >> 1;
                sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            }

            extreme += Math.Abs(sum) >= least ? 1 : 0;
        }

        return extreme / (rounds + 1.0);
    }
}
