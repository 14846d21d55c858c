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

    /// <summary>Where it is given, each value is told as a z-score among these runs (<c>trec_eval -Z</c>). Default values as they are.</summary>
    public ReferenceScores? Reference { get; init; }
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
    public static RunEvaluation Of(Judgements judgements, TrecRun run, IReadOnlyList<Measure<JudgedRanking>> measures, EvaluationOptions? options = null) =>
        Of([judgements], run, measures, options);

    /// <summary>Measures a run by several people's judgements: a query's value is the mean over those who judged it (<c>trec_eval -R qrels_jg</c>, whose <c>map_avgjg</c> is <c>map</c> here).</summary>
    /// <param name="judges">What each judged.</param>
    /// <param name="run">What was found.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    public static RunEvaluation Of(IReadOnlyList<Judgements> judges, TrecRun run, IReadOnlyList<Measure<JudgedRanking>> measures, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judges);
        options ??= new();
        return Of(judges.SelectMany(j => j.Queries.Keys).Distinct(StringComparer.Ordinal), run, measures, options, query =>
        {
            string[] ranking = [.. Ranking(run, query).Take(options.Depth).Select(d => d.Id)];
            return [.. judges.Where(j => j.Queries.ContainsKey(query)).Select(j => JudgedRanking.Of(ranking, j.Queries[query], options.RelevanceLevel))];
        });
    }

    /// <summary>Measures a run by what people prefer to what (<c>trec_eval -R prefs</c>). Queries without preferences never count.</summary>
    /// <remarks>Here equal scores are ordered by document id ascending, as trec_eval orders them for preferences; <see cref="EvaluationOptions.RelevanceLevel"/> does not count.</remarks>
    /// <param name="preferences">What people prefer.</param>
    /// <param name="run">What was found.</param>
    /// <param name="measures">What to compute.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    public static RunEvaluation Of(Preferences preferences, TrecRun run, IReadOnlyList<Measure<PreferenceRanking>> measures, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        options ??= new();
        return Of(preferences.Queries.Keys, run, measures, options, query =>
            [PreferenceRanking.Of([.. Ranking(run, query).Order(TrecOrder.OfPreferences).Take(options.Depth).Select(d => d.Id)], preferences.Queries[query])]);
    }

    private static RunEvaluation Of<TRanking>(IEnumerable<string> judged, TrecRun run, IReadOnlyList<Measure<TRanking>> measures, EvaluationOptions options, Func<string, TRanking[]> rank)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(measures);
        string[] queries = [.. judged.Where(q => options.Complete || run.Rankings.ContainsKey(q)).Order(StringComparer.Ordinal)];
        var values = measures.ToDictionary(m => m.Name, _ => new double[queries.Length], StringComparer.Ordinal);
        foreach (var (i, query) in queries.Index())
        {
            var rankings = rank(query);
            foreach (var measure in measures)
            {
                var value = rankings.Average(measure.Of);
                values[measure.Name][i] = options.Reference?.ZScore(query, measure.Name, value) ?? value;
            }
        }

        return new(queries, values.ToDictionary(v => v.Key, IReadOnlyList<double> (v) => v.Value, StringComparer.Ordinal), measures.ToDictionary(m => m.Name, m => m.Over(values[m.Name]), StringComparer.Ordinal));
    }

    private static IReadOnlyList<ScoredDocument> Ranking(TrecRun run, string query) => run.Rankings.GetValueOrDefault(query, []);
}
