using Rag.Evaluation.Results;

namespace Rag.Evaluation.Tests.Reports;

/// <summary>Small results.</summary>
internal static class Runs
{
    /// <summary>A run whose queries have these values of nDCG@10.</summary>
    public static RunResult Of(string name, params double[] values) =>
        new("c", name, [.. values.Select((v, i) => new QueryResult($"q{i:000}", $"question {i}", new Dictionary<string, double> { ["ndcg_cut_10"] = v, ["map"] = v / 2 }))]);

    /// <summary>A run of random values.</summary>
    public static RunResult Random(string name, int seed, int queries)
    {
        var random = new Random(seed);
        return Of(name, [.. Enumerable.Range(0, queries).Select(_ => random.NextDouble())]);
    }
}
