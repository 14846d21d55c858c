using Rag.Evaluation.Measures;
using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Tests.Trec;

public sealed class PreferencesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_group_compares_levels_within_a_comparison_and_what_follows_from_several()
    {
        // The example of trec_eval's help for two comparisons of one person, which says 5: without 4 > 3, which follows from 4 > 1 and 1 > 3.
        var preferences = await PreferencesFile.ReadAsync(_folder.Write("p", "# by hand\nq u s1 d1 3.0\nq u s1 d2 2.0\nq u s1 d3 1.0\n\nq u s2 d1 2\nq u s2 d2 1\nq\tu s2  d4 3\n"));

        var group = Assert.Single(preferences.Queries["q"]);
        Assert.Equal(["d1>d2", "d1>d3", "d2>d3", "d4>d1", "d4>d2", "d4>d3"], group.Pairs.Select(p => $"{p.Better}>{p.Worse}").Order(StringComparer.Ordinal));
        Assert.False(group.IsRanking);
    }

    [Theory]
    [InlineData("q u s d1\n", 1, "'q u s d1' is not a query")]
    [InlineData("q u s d1 -1\n", 1, "a level of 0 or more")]
    [InlineData("q u s d1 NaN\n", 1, "a level of 0 or more")]
    [InlineData("q u s d1 1\nq u s d1 1\n", 2, "twice for query 'q'")]
    [InlineData("q u s d1 1\nq u t d1 0\n", 0, "'d1' has level 0")]
    [InlineData("q u s d1 2\nq u s d2 1\nq u t d1 1\nq u t d2 2\n", 0, "preferred to itself")]
    public async Task Bad_preferences_are_refused_with_place_and_reason(string text, int line, string reason)
    {
        var e = await Assert.ThrowsAsync<EvaluationFileException>(() => PreferencesFile.ReadAsync(_folder.Write("p", text)));

        Assert.Equal(line, e.Line);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_scores_count_by_id_ascending_and_a_query_that_the_run_lacks_keeps_nothing()
    {
        var preferences = Preferences.Of(new Judgements(new Dictionary<string, IReadOnlyDictionary<string, int>>
        {
            ["q"] = new Dictionary<string, int> { ["a"] = 1, ["b"] = 0, ["c"] = -1 },
            ["r"] = new Dictionary<string, int> { ["a"] = 1, ["b"] = 0 },
        }));

        var result = RunEvaluation.Of(preferences, new("tag", new Dictionary<string, IReadOnlyList<ScoredDocument>> { ["q"] = [new("b", 1), new("a", 1)] }), PreferenceMeasures.All);

        Assert.Equal([1, 1], result.Values["prefs_num_prefs_poss"]);
        Assert.Equal([1, 0], result.Values["prefs_simp"]);
        Assert.Equal(0.5, result.Summaries["prefs_simp"]);
    }

    // The slow and obvious way: every pair of documents of a person's grades.
    [Fact]
    public void Shares_of_kept_preferences_are_those_of_counting_all_pairs()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var judges = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Enumerable.Range(0, 8).Where(_ => random.Next(3) > 0).ToDictionary(d => $"d{d}", _ => random.Next(4))).ToArray();
            string[] list = [.. Enumerable.Range(0, 10).Select(d => $"d{d}").Where(_ => random.Next(2) > 0).OrderBy(_ => random.Next())];
            var pairs = judges.SelectMany(j => from x in j from y in j where x.Value > y.Value select (Better: Array.IndexOf(list, x.Key), Worse: Array.IndexOf(list, y.Key))).ToArray();
            bool Kept((int Better, int Worse) p) => p.Better >= 0 && (p.Worse < 0 || p.Better < p.Worse);
            double Share(IReadOnlyCollection<(int Better, int Worse)> some) => some.Count == 0 ? 0 : some.Count(Kept) / (double)some.Count;

            var ranking = PreferenceRanking.Of(list, [.. judges.Select(j => new PreferenceGroup(j.ToDictionary(d => d.Key, d => (double)d.Value)))]);
            double Value(string name) => PreferenceMeasures.All.Single(m => m.Name == name).Of(ranking);

            Assert.Equal(Share(pairs), Value("prefs_simp"), 12);
            Assert.Equal(Share([.. pairs.Where(p => p.Better >= 0 || p.Worse >= 0)]), Value("prefs_simp_imp"), 12);
            Assert.Equal(Share([.. pairs.Where(p => p.Better >= 0 && p.Worse >= 0)]), Value("prefs_simp_ret"), 12);
        }
    }

    [Fact]
    public async Task Several_judges_give_the_mean_over_those_who_judged_a_query()
    {
        var judges = await QrelsFile.ReadJudgesAsync(_folder.Write("q", "q mary a 1\nq john b 1\nr john a 1\n"));
        var run = new TrecRun("tag", new Dictionary<string, IReadOnlyList<ScoredDocument>> { ["q"] = [new("a", 2), new("b", 1)], ["r"] = [new("a", 1)] });

        var result = RunEvaluation.Of(judges, run, TrecMeasures.Named("map"));

        Assert.Equal(["q", "r"], result.Queries);
        Assert.Equal([0.75, 1], result.Values["map"]);
    }

    [Fact]
    public async Task A_z_score_counts_deviations_from_the_mean_and_says_where_it_cannot()
    {
        var reference = await ReferenceScores.ReadAsync(_folder.Write("z", "q map 0.5 0.25\n\nq P_5\t0.2 0\n"));

        Assert.Equal(2, reference.ZScore("q", "map", 1));
        Assert.Equal(0, reference.ZScore("q", "P_5", 0.2));
        Assert.Equal(ReferenceScores.Missing, reference.ZScore("q", "P_5", 0.4));
        Assert.Equal(ReferenceScores.Missing, reference.ZScore("r", "map", 1));
    }

    [Theory]
    [InlineData("q map 0.5\n", 1)]
    [InlineData("q map x 1\n", 1)]
    [InlineData("q map 0.5 -1\n", 1)]
    [InlineData("q map 0.5 1\nq map 0.5 1\n", 2)]
    public async Task Bad_reference_scores_are_refused_with_their_line(string text, int line) =>
        Assert.Equal(line, (await Assert.ThrowsAsync<EvaluationFileException>(() => ReferenceScores.ReadAsync(_folder.Write("z", text)))).Line);
}
