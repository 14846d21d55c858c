using Rag.Evaluation.Measures;
using Rag.Evaluation.Results;

namespace Rag.Evaluation.Reports;

/// <summary>Runs on the same queries of the same collection; the first is what the others are compared with.</summary>
internal sealed record RunGroup(string Collection, IReadOnlyList<RunResult> Runs)
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["map"] = "MAP", ["recip_rank"] = "MRR" };

    // By what stands before the last underscore.
    private static readonly Dictionary<string, string> LabelsAtDepth = new(StringComparer.Ordinal)
    {
        ["ndcg_cut"] = "nDCG",
        ["recip_rank_cut"] = "MRR",
        ["map_cut"] = "MAP",
        ["recall"] = "recall",
        ["P"] = "P",
    };

    /// <summary>How many queries.</summary>
    public int Queries => Runs[0].Queries.Count;

    /// <summary>The measures that all runs have, those of <see cref="RunResult.Measures"/> first, others in the order of the first run.</summary>
    public IReadOnlyList<string> Measures { get; } =
    [
        .. RunResult.Measures.Select(m => m.Name).Concat(Runs[0].Means.Keys).Distinct().Where(m => Runs.All(r => r.Means.ContainsKey(m))),
    ];

    /// <summary>Runs in groups, groups and runs in the order in which they come.</summary>
    public static IReadOnlyList<RunGroup> Of(IEnumerable<RunResult> runs)
    {
        List<List<RunResult>> groups = [];
        foreach (var run in runs)
        {
            if (groups.Find(g => IsComparable(g[0], run)) is { } group)
            {
                group.Add(run);
            }
            else
            {
                groups.Add([run]);
            }
        }

        return [.. groups.Select(g => new RunGroup(g[0].Collection, g))];
    }

    /// <summary>A measure as people write it, such as nDCG@10.</summary>
    public static string Label(string measure)
    {
        var cut = measure.LastIndexOf('_');
        return Labels.GetValueOrDefault(measure) ?? (cut > 0 && TrecMeasures.Find(measure) is not null && LabelsAtDepth.TryGetValue(measure[..cut], out var label) ? $"{label}@{measure[(cut + 1)..]}" : measure);
    }

    private static bool IsComparable(RunResult first, RunResult second) =>
        first.Collection == second.Collection && first.Queries.Select(q => q.Id).SequenceEqual(second.Queries.Select(q => q.Id), StringComparer.Ordinal);
}
