namespace Rag.Evaluation.Trec;

/// <summary>Which documents people prefer to which.</summary>
/// <param name="Queries">Of each query, a group for each person; groups may contradict each other.</param>
public sealed record Preferences(IReadOnlyDictionary<string, IReadOnlyList<PreferenceGroup>> Queries)
{
    /// <summary>Preferences that grades imply: whoever gave one document a higher grade than another prefers it (<c>trec_eval -R qrels_prefs</c>). Negative grades, for documents that were not judged, imply nothing.</summary>
    /// <param name="judges">What each person judged.</param>
    public static Preferences Of(params IReadOnlyList<Judgements> judges)
    {
        ArgumentNullException.ThrowIfNull(judges);
        return new(judges.SelectMany(j => j.Queries).GroupBy(q => q.Key, StringComparer.Ordinal).ToDictionary(
            q => q.Key,
            IReadOnlyList<PreferenceGroup> (q) => [.. q.Select(j => new PreferenceGroup([j.Value.Where(d => d.Value >= 0).ToDictionary(d => d.Key, d => (double)d.Value, StringComparer.Ordinal)]))],
            StringComparer.Ordinal));
    }
}

/// <summary>What one person prefers for one need, free of contradictions.</summary>
public sealed class PreferenceGroup
{
    /// <summary>Takes preferences from levels.</summary>
    /// <param name="comparisons">Each the level of some documents, 0 or more: the higher is preferred to the lower, documents of one level are not compared, and 0 says that a document is of no use. Levels of different comparisons have nothing to do with each other.</param>
    /// <exception cref="ArgumentException">A level is negative or no number, a document is of use in one comparison and of none in another, or preferences contradict each other.</exception>
    public PreferenceGroup(params IReadOnlyList<IReadOnlyDictionary<string, double>> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        Dictionary<string, bool> useful = new(StringComparer.Ordinal);
        foreach (var (document, level) in comparisons.SelectMany(c => c))
        {
            if (!(level >= 0))
            {
                throw new ArgumentException($"The level of '{document}' is {level}; a level is a number of 0 or more.");
            }

            if (!useful.TryAdd(document, level > 0) && useful[document] != level > 0)
            {
                throw new ArgumentException($"'{document}' has level 0, of no use, in one comparison and a higher one in another; make them two groups, or correct one.");
            }
        }

        (Useful, IsRanking) = (useful, comparisons.Count < 2);
        Pairs = IsRanking ? [.. comparisons.SelectMany(Compared)] : [.. Implied(comparisons.SelectMany(Compared))];
    }

    /// <summary>Of each document that was compared, whether it is of any use: its level is above 0.</summary>
    public IReadOnlyDictionary<string, bool> Useful { get; }

    /// <summary>Whether there is one comparison alone, so that all documents of different levels are compared.</summary>
    public bool IsRanking { get; }

    /// <summary>All preferences, those included that follow from others: what is preferred to something that is preferred to a third is preferred to the third.</summary>
    public IReadOnlyList<(string Better, string Worse)> Pairs { get; }

    private static IEnumerable<(string Better, string Worse)> Compared(IReadOnlyDictionary<string, double> levels) =>
        from better in levels
        from worse in levels
        where better.Value > worse.Value
        select (better.Key, worse.Key);

    private static IEnumerable<(string Better, string Worse)> Implied(IEnumerable<(string Better, string Worse)> pairs)
    {
        var worse = pairs.ToLookup(p => p.Better, p => p.Worse, StringComparer.Ordinal);
        foreach (var document in worse.Select(w => w.Key))
        {
            HashSet<string> below = new(StringComparer.Ordinal);
            Stack<string> open = new([document]);
            while (open.TryPop(out var next))
            {
                foreach (var found in worse[next].Where(below.Add))
                {
                    open.Push(found);
                }
            }

            if (below.Contains(document))
            {
                throw new ArgumentException($"It follows from the comparisons that '{document}' is preferred to itself; make the contradicting ones two groups.");
            }

            foreach (var found in below)
            {
                yield return (document, found);
            }
        }
    }
}
