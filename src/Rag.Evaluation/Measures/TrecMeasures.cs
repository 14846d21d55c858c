using System.Globalization;

namespace Rag.Evaluation.Measures;

/// <summary>Measures by the names that trec_eval prints: <c>map</c>, <c>P_10</c>, <c>ndcg_cut_20</c>, <c>iprec_at_recall_0.25</c>. A new measure is one line here.</summary>
public static class TrecMeasures
{
    private static readonly double[] ElevenPoints = [0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1];

    private static readonly Measure<JudgedRanking>[] Plain =
    [
        new("num_ret", r => r.Retrieved) { Summary = Summary.Sum },
        new("num_rel", r => r.Relevant) { Summary = Summary.Sum },
        new("num_rel_ret", r => r.RelevantRetrieved) { Summary = Summary.Sum },
        new("num_nonrel_judged_ret", r => r.Grades.Count(g => g >= 0) - r.RelevantRetrieved) { Summary = Summary.Sum },
        new("map", r => AveragePrecision.Of(r)),
        new("gm_map", r => AveragePrecision.Of(r)) { Summary = Summary.GeometricMean },
        new("infAP", AveragePrecision.Inferred),
        new("bpref", AveragePrecision.BinaryPreference),
        new("gm_bpref", AveragePrecision.BinaryPreference) { Summary = Summary.GeometricMean },
        new("binG", AveragePrecision.BinaryGain),
        new("G", CumulativeGain.ByCost),
        new("ndcg", r => CumulativeGain.Normalized(r)),
        new("ndcg_rel", CumulativeGain.NormalizedAtRelevant),
        new("Rndcg", CumulativeGain.NormalizedAtSteps),
        new("rbp", r => CumulativeGain.RankBiased(r)),
        new("rbp_resid", r => CumulativeGain.RankBiasedResidual(r)),
        new("Rprec", Precision.AtRelevant),
        new("recip_rank", r => Precision.ReciprocalRank(r)),
        new("11pt_avg", r => Precision.InterpolatedAverage(r, ElevenPoints)),
        new("set_P", SetMeasures.PrecisionOf),
        new("set_recall", SetMeasures.Recall),
        new("set_relative_P", SetMeasures.RelativePrecision),
        new("set_map", SetMeasures.PrecisionTimesRecall),
        new("set_F", r => SetMeasures.F(r)),
        new("utility", r => SetMeasures.Utility(r)),
    ];

    // By what stands before the last underscore.
    private static readonly Dictionary<string, Func<int, Func<JudgedRanking, double>>> AtDepth = new(StringComparer.Ordinal)
    {
        ["P"] = k => r => Precision.At(r, k),
        ["recall"] = k => r => Precision.RecallAt(r, k),
        ["success"] = k => r => Precision.SuccessAt(r, k),
        ["relative_P"] = k => r => Precision.RelativeAt(r, k),
        ["unj"] = k => r => Precision.UnjudgedAt(r, k),
        ["map_cut"] = k => r => AveragePrecision.Of(r, k),
        ["ndcg_cut"] = k => r => CumulativeGain.Normalized(r, k),
        ["recip_rank_cut"] = k => r => Precision.ReciprocalRank(r, k), // not one of trec_eval's: MRR@k, as MS MARCO has it
    };

    private static readonly Dictionary<string, Func<double[], Func<JudgedRanking, double>?>> WithNumbers = new(StringComparer.Ordinal)
    {
        ["iprec_at_recall"] = n => n is [var recall] ? r => Precision.InterpolatedAtRecall(r, recall) : null,
        ["Rprec_mult"] = n => n is [var factor] ? r => Precision.AtMultipleOfRelevant(r, factor) : null,
        ["11pt_avg"] = n => r => Precision.InterpolatedAverage(r, n),
        ["set_F"] = n => n is [var weight] ? r => SetMeasures.F(r, weight) : null,
        ["rbp"] = n => n is [> 0 and < 1] ? r => CumulativeGain.RankBiased(r, n[0]) : null,
        // the fourth is for documents that nobody retrieved, whose number only the collection knows
        ["utility"] = n => n is [var found, var wrong, var missed, 0] ? r => SetMeasures.Utility(r, found, wrong, missed) : null,
    };

    /// <summary>What can be asked for, for help texts; <c>k</c> is a depth from 1, <c>x</c> a number.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Plain.Select(m => m.Name), .. AtDepth.Keys.Select(n => $"{n}_k"), .. WithNumbers.Keys.Select(n => $"{n}_x"), "ndcg_LEVEL=x"];

    /// <summary>The measure of a name, or <see langword="null"/> where there is none.</summary>
    public static Measure<JudgedRanking>? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Array.Find(Plain, m => m.Name == name) is { } plain)
        {
            return plain;
        }

        var cut = name.LastIndexOf('_');
        return cut > 0 && Formula(name[..cut], name[(cut + 1)..]) is { } formula ? new(name, formula) : null;
    }

    /// <summary>The measures of several names.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<Measure<JudgedRanking>> Named(params IEnumerable<string> names) =>
        [.. names.Select(n => Find(n) ?? throw new ArgumentException($"There is no measure '{n}'. Measures: {string.Join(", ", Names)}.", nameof(names)))];

    private static Func<JudgedRanking, double>? Formula(string family, string parameters)
    {
        if (AtDepth.TryGetValue(family, out var atDepth))
        {
            return int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth > 0 ? atDepth(depth) : null;
        }

        if (family == "ndcg")
        {
            return Gains(parameters) is { } gains ? r => CumulativeGain.Normalized(r, gains: gains) : null;
        }

        return WithNumbers.TryGetValue(family, out var withNumbers) && Numbers(parameters.Split(',')) is { } numbers ? withNumbers(numbers) : null;
    }

    // "1=3,2=9": the gain of each grade.
    private static Dictionary<int, double>? Gains(string parameters)
    {
        Dictionary<int, double> gains = [];
        foreach (var pair in parameters.Split(','))
        {
            if (pair.Split('=') is not [var level, var gain]
                || !int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) || Numbers([gain]) is not [var number] || !gains.TryAdd(grade, number))
            {
                return null;
            }
        }

        return gains;
    }

    private static double[]? Numbers(string[] texts)
    {
        var numbers = new double[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
