using System.Collections.ObjectModel;
using System.Globalization;
using System.Reflection;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Results;

/// <summary>What a run got for each query, kept so that runs can be compared later.</summary>
/// <param name="Collection">What was searched.</param>
/// <param name="Name">What searched.</param>
/// <param name="Queries">The queries that count, ordered by id (ordinal).</param>
public sealed record RunResult(string Collection, string Name, IReadOnlyList<QueryResult> Queries)
{
    // The shares of recall at which trec_eval interpolates precision.
    internal const int RecallPoints = 11;

    private static readonly string[] Points = [.. Enumerable.Range(0, RecallPoints).Select(i => string.Create(CultureInfo.InvariantCulture, $"iprec_at_recall_{i / 10.0:0.00}"))];

    private static readonly string[] MainMeasures = ["ndcg_cut_10", "citedSentenceAccuracy", "sentenceF1", "accuracy"];

    private static readonly IReadOnlyList<Measure<JudgedRanking>> Curve = TrecMeasures.Named(Points);

    /// <summary>The measures of each query, by trec_eval's names: nDCG@10, average precision, reciprocal rank down to 10, recall at 10 and 100, precision at 30.</summary>
    public static IReadOnlyList<Measure<JudgedRanking>> Measures { get; } = TrecMeasures.Named("ndcg_cut_10", "map", "recip_rank_cut_10", "recall_10", "recall_100", "P_30");

    /// <summary>By name of measure, the mean over the queries that have it.</summary>
    public IReadOnlyDictionary<string, double> Means { get; } =
        Queries.SelectMany(q => q.Values).GroupBy(v => v.Key, StringComparer.Ordinal).ToDictionary(m => m.Key, m => m.Average(v => v.Value), StringComparer.Ordinal);

    /// <summary>Mean of the interpolated precision at recall 0, .1, .. 1; empty where it is not known.</summary>
    public IReadOnlyList<double> PrecisionAtRecall { get; init; } = [];

    /// <summary>What the run was made with, by the names of options; empty where nobody said.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The version of this library that made the run, or <see langword="null"/> where nobody said.</summary>
    public string? Version { get; init; }

    /// <summary>The version of this library.</summary>
    public static string CurrentVersion { get; } = typeof(RunResult).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What it took, or <see langword="null"/> where nobody measured.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>Measures a run by <see cref="Measures"/>.</summary>
    /// <param name="collection">What was searched.</param>
    /// <param name="judgements">What people judged; all queries count.</param>
    /// <param name="run">What was found; its tag is the name.</param>
    /// <param name="queries">The texts of the queries, where they are known.</param>
    public static RunResult Of(string collection, Judgements judgements, TrecRun run, IEnumerable<CollectionQuery>? queries = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var texts = (queries ?? []).ToDictionary(q => q.Id, q => q.Text, StringComparer.Ordinal);
        var evaluation = RunEvaluation.Of(judgements, run, [.. Measures, .. Curve]);
        return new(collection, run.Tag, [.. evaluation.Queries.Select((id, i) => new QueryResult(id, texts.GetValueOrDefault(id, ""), Measures.ToDictionary(m => m.Name, m => evaluation.Values[m.Name][i])))])
        {
            PrecisionAtRecall = [.. Points.Select(p => evaluation.Summaries[p])],
        };
    }

    /// <summary>The values of a measure in the order of <see cref="Queries"/>, without the queries that lack it.</summary>
    public IReadOnlyList<double> Values(string measure) => [.. Queries.Where(q => q.Values.ContainsKey(measure)).Select(q => q.Values[measure])];

    /// <summary>The measure by which runs are compared where nobody names one: nDCG@10, what <c>rag eval</c> puts first of answers, or whatever there is.</summary>
    public string MainMeasure => Array.Find(MainMeasures, Means.ContainsKey) ?? Means.Keys.First();

    /// <summary>Whether less of a measure is better.</summary>
    public static bool IsLowerBetter(string measure) => measure is "noiseSensitivityRelevant" or "noiseSensitivityIrrelevant";
}

/// <summary>What a run got for a query.</summary>
/// <param name="Id">Id of the query.</param>
/// <param name="Text">What was asked; empty where it is not known.</param>
/// <param name="Values">By name of measure, the value; a measure that says nothing about the query is missing.</param>
public sealed record QueryResult(string Id, string Text, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>How sure an answer was, 0 to 1; <see langword="null"/> where there is none, or the run is of passages.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether the answer is right, for a comparison with <see cref="Confidence"/>; <see langword="null"/> where there is none.</summary>
    public bool? IsRight { get; init; }

    /// <summary>A query with those of some measures that say something about it.</summary>
    public static QueryResult Of(string id, string text, params IEnumerable<(string Measure, double? Value)> values) =>
        new(id, text, values.Where(v => v.Value is not null).ToDictionary(v => v.Measure, v => v.Value!.Value, StringComparer.Ordinal));
}

/// <summary>What a run took.</summary>
/// <param name="Documents">Documents in the collection.</param>
/// <param name="Chunks">Passages that they were cut into.</param>
/// <param name="IndexMs">Milliseconds to index them, without embedding.</param>
/// <param name="EmbedMs">Milliseconds to embed them; 0 without vectors.</param>
/// <param name="QueryMsP50">Median of the milliseconds of a query.</param>
/// <param name="QueryMsP99">Milliseconds that 99 of 100 queries did not exceed.</param>
/// <param name="QueriesPerSecond">Queries answered in a second, one after the other.</param>
public sealed record RunCost(int Documents, int Chunks, double IndexMs, double EmbedMs, double QueryMsP50, double QueryMsP99, double QueriesPerSecond);
