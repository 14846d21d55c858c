namespace Rag.Evaluation.Statistics;

/// <summary>Values of two systems on the same queries.</summary>
internal static class Pairs
{
    /// <summary>Second minus first.</summary>
    /// <exception cref="ArgumentException">The lists differ in length or have fewer than two values.</exception>
    public static double[] Differences(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Count == second.Count && first.Count > 1
            ? [.. first.Zip(second, (a, b) => b - a)]
            : throw new ArgumentException($"The lists have {first.Count} and {second.Count} values; give the same queries for both, at least two.", nameof(second));
    }
}
