namespace Rag.Evaluation.Measures;

/// <summary>
/// Measures by preferences, under the names that trec_eval prints; definitions are its own (version 10). A preference is kept where the better document was found and the worse one stands
/// below it or was not found. <c>_ret</c> counts only preferences of which both documents were found, <c>_imp</c> those of which at least one was, the others all.
/// </summary>
public static class PreferenceMeasures
{
    /// <summary>
    /// All of them. <c>prefs_simp</c> is the share of preferences that are kept; <c>prefs_pair</c> the mean of that share over pairs of documents, so that a pair counts once however many people compared it;
    /// <c>prefs_avgjg</c> its mean over groups; <c>prefs_avgjg_Rnonrel</c> the same with as many documents of no use as there are useful ones, the best placed of them or added at the end, which makes it akin to bpref.
    /// </summary>
    public static IReadOnlyList<Measure<PreferenceRanking>> All { get; } =
    [
        new("prefs_num_prefs_poss", r => Count(r, Found.Any).Possible) { Summary = Summary.Sum },
        new("prefs_num_prefs_ful", r => Count(r, Found.Any).Kept) { Summary = Summary.Sum },
        new("prefs_num_prefs_ful_ret", r => Count(r, Found.Both).Kept) { Summary = Summary.Sum },
        new("prefs_simp", r => Count(r, Found.Any).Share ?? 0),
        new("prefs_pair", r => Pairs(r, Found.Any)),
        new("prefs_avgjg", r => Groups(r, Found.Any)),
        new("prefs_avgjg_Rnonrel", r => BalancedGroups(r, Found.Any)),
        new("prefs_simp_ret", r => Count(r, Found.Both).Share ?? 0),
        new("prefs_pair_ret", r => Pairs(r, Found.Both)),
        new("prefs_avgjg_ret", r => Groups(r, Found.Both)),
        new("prefs_avgjg_Rnonrel_ret", r => BalancedGroups(r, Found.Both)),
        new("prefs_simp_imp", r => Count(r, Found.One).Share ?? 0),
        new("prefs_pair_imp", r => Pairs(r, Found.One)),
        new("prefs_avgjg_imp", r => Groups(r, Found.One)),
    ];

    // How many documents of a preference must have been found for it to count.
    private enum Found
    {
        Any,
        One,
        Both,
    }

    private static Tally Count(PreferenceRanking ranking, Found found) =>
        ranking.Groups.Aggregate(default(Tally), (sum, group) => sum + Tally.Of(group.Pairs, ranking.Retrieved, found));

    private static double Pairs(PreferenceRanking ranking, Found found) => ranking.Groups.SelectMany(g => g.Pairs)
        .GroupBy(p => (Math.Min(p.Better, p.Worse), Math.Max(p.Better, p.Worse)))
        .Select(pair => Tally.Of(pair, ranking.Retrieved, found).Share).Average() ?? 0;

    private static double Groups(PreferenceRanking ranking, Found found) =>
        ranking.Groups.Count == 0 ? 0 : ranking.Groups.Average(g => Tally.Of(g.Pairs, ranking.Retrieved, found).Share ?? 0);

    // Where a group has nothing to compare, trec_eval's 0 / 0 makes the whole query 0.
    private static double BalancedGroups(PreferenceRanking ranking, Found found)
    {
        double?[] shares = [.. ranking.Groups.Select(g => Balanced(g, ranking.Retrieved, found).Share)];
        return shares.Contains(null) ? 0 : shares.Average() ?? 0;
    }

    private static Tally Balanced(PlacedGroup group, int retrieved, Found found)
    {
        var usefulFound = group.Useful.Count(p => p < retrieved);
        var (useful, useless) = found == Found.Both ? (usefulFound, group.Useless.Count(p => p < retrieved)) : (group.Useful.Count, group.Useless.Count);
        if (useful >= useless)
        {
            var added = (long)(useful - useless);
            return Tally.Of(group.Pairs, retrieved, found) + new Tally(usefulFound * added, group.Useful.Count * added);
        }

        // As trec_eval counts: those left out of a ranking are still compared with those that stay, and without a ranking as many stay as are useful, found or not.
        int[] stay = [.. group.Useless.Take(group.IsRanking ? useful : group.Useful.Count)];
        var leave = group.Useless.Except(stay).ToHashSet();
        var compared = group.IsRanking ? group.Useless.SelectMany(_ => stay, (better, worse) => (better, worse)) : [];
        return Tally.Of(group.Pairs.Where(p => !leave.Contains(p.Worse)).Concat(compared), retrieved, found);
    }

    private readonly record struct Tally(long Kept, long Possible)
    {
        public double? Share => Possible > 0 ? Kept / (double)Possible : null;

        public static Tally operator +(Tally left, Tally right) => new(left.Kept + right.Kept, left.Possible + right.Possible);

        public static Tally Of(IEnumerable<(int Better, int Worse)> pairs, int retrieved, Found found)
        {
            var (kept, possible) = (0L, 0L);
            foreach (var (better, worse) in pairs)
            {
                var count = (better < retrieved ? 1 : 0) + (worse < retrieved ? 1 : 0);
                if (count >= (int)found)
                {
                    possible++;
                    kept += better < worse && better < retrieved ? 1 : 0;
                }
            }

            return new(kept, possible);
        }
    }
}
