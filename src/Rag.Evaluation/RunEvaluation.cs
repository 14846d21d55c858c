using Rag.Evaluation.Measures;
using Rag.Evaluation.Trec;

namespace Rag.Evaluation;

/// <summary>How a run is measured.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The least grade that counts as relevant, at least 1 (<c>trec_eval -l</c>). Default 1. Gains do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int RelevanceLevel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>How many documents of each list count, at least 1 (<c>trec_eval -M</c>). Default all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Depth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>Whether judged queries that the run lacks count, as empty lists (<c>trec_eval -c</c>). Default yes.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>What measures say of a run, query by query and together.</summary>
/// <param name="Queries">The queries that count, ordered by id (ordinal).</param>
/// <param name="Values">By name of measure, the value of each query, in the order of <paramref name="Queries"/>.</param>
/// <param name="Summaries">By name of measure, the value of all queries together.</param>
public sealed record RunEvaluation(IReadOnlyList<string> Queries, IReadOnlyDictionary<string, IReadOnlyList<double>> Values, IReadOnlyDictionary<string, double> Summaries)
{
    /// <summary>Measures a run. Queries without judgements never count.</summary>
    /// <param name="judgements">What people judged.</param>
    /// <param name="run">What was found.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    public static RunEvaluation Of(Judgements judgements, TrecRun run, IReadOnlyList<Measure> measures, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(measures);
        options ??= new();
        string[] queries = [.. judgements.Queries.Keys.Where(q => options.Complete || run.Rankings.ContainsKey(q)).Order(StringComparer.Ordinal)];
        JudgedRanking[] rankings = [.. queries.Select(q => JudgedRanking.Of(Ranking(run, q, options.Depth), judgements.Queries[q], options.RelevanceLevel))];
        var values = measures.ToDictionary(m => m.Name, IReadOnlyList<double> (m) => [.. rankings.Select(m.Of)], StringComparer.Ordinal);
        return new(queries, values, measures.ToDictionary(m => m.Name, m => m.Over(values[m.Name]), StringComparer.Ordinal));
    }

    private static string[] Ranking(TrecRun run, string query, int depth) =>
        run.Rankings.TryGetValue(query, out var documents) ? [.. documents.Take(depth).Select(d => d.Id)] : [];
}
