using Rag.Retrieval;

namespace Rag.Core.Tests.Retrieval;

public sealed class RankFusionTests
{
    private static readonly ScoredChunk[] Left = [Hit("a", 10), Hit("b", 6), Hit("c", 2)];

    private static readonly ScoredChunk[] Right = [Hit("b", 0.9), Hit("d", 0.5)];

    private static readonly Dictionary<string, Func<IReadOnlyList<IReadOnlyList<ScoredChunk>>, IReadOnlyList<double>?, IReadOnlyList<ScoredChunk>>> Fusions = new()
    {
        ["reciprocal rank"] = (lists, weights) => RankFusion.ReciprocalRank(lists, weights),
        ["min-max"] = RankFusion.MinMax,
        ["z-score"] = RankFusion.ZScore,
        ["distribution"] = RankFusion.Distribution,
    };

    [Theory]
    [InlineData(0, 0.14)] // all as near: 0.7 * 0.2
    [InlineData(0.06, 0.7 * (0.2 + (0.8 / 3)))] // a tenth of what is left to 1
    [InlineData(0.18, 0.7)]
    [InlineData(0.4, 0.7)]
    public void Adaptive_trusts_vectors_as_far_as_their_best_passage_stands_out(double gap, double weight)
    {
        ScoredChunk[] vectors = [Hit("v0", 0.4 + gap), .. Enumerable.Range(1, 99).Select(i => Hit($"v{i}", 0.4 - (i > 9 ? 1e-9 * i : 0)))];
        ScoredChunk[] words = [Hit("w", 9), Hit("x", 5), Hit("y", 1)];

        var fused = RankFusion.Adaptive([words, vectors]);

        Assert.Equal(weight, fused.Single(f => f.Chunk.DocumentId == "v0").Score, 1e-6);
        Assert.Equal(1 - weight, fused.Single(f => f.Chunk.DocumentId == "w").Score, 1e-6);
        Assert.Equal((1 - weight) / 2, fused.Single(f => f.Chunk.DocumentId == "x").Score, 1e-6);
        Assert.Equal(103, fused.Count);
    }

    [Fact]
    public void Adaptive_scales_by_the_hundredth_however_long_the_list()
    {
        var fused = RankFusion.Adaptive([[.. Enumerable.Range(0, 300).Select(i => Hit($"w{i}", 400 - i))], []]);

        Assert.Equal((0.5, 0, -0.5), (fused[0].Score, fused[99].Score, Math.Round(fused[198].Score, 12)));
    }

    [Fact]
    public void Adaptive_halves_where_there_is_too_little_to_tell_and_takes_two_lists()
    {
        AssertScores(RankFusion.Adaptive([Left, Right]), ("b", 0.75), ("a", 0.5), ("c", 0), ("d", 0));
        AssertScores(RankFusion.Adaptive([Left, []]), ("a", 0.5), ("b", 0.25), ("c", 0));
        Assert.Throws<ArgumentException>(() => RankFusion.Adaptive([Left]));
        Assert.Throws<ArgumentException>(() => RankFusion.Adaptive([Left, Right, Left]));
    }


    public static TheoryData<string> Names => [.. Fusions.Keys];

    [Fact]
    public void ReciprocalRank_adds_one_over_sixty_plus_rank() =>
        AssertScores(RankFusion.ReciprocalRank([Left, Right]), ("b", (1.0 / 62) + (1.0 / 61)), ("a", 1.0 / 61), ("d", 1.0 / 62), ("c", 1.0 / 63));

    [Fact]
    public void ReciprocalRank_takes_weights_and_a_constant() =>
        AssertScores(RankFusion.ReciprocalRank([Left, Right], [2, 1], 1), ("b", (2.0 / 3) + (1.0 / 2)), ("a", 1), ("c", 0.5), ("d", 1.0 / 3));

    [Fact]
    public void MinMax_puts_each_list_between_zero_and_one() =>
        AssertScores(RankFusion.MinMax([Left, Right]), ("b", 1.5), ("a", 1), ("c", 0), ("d", 0));

    [Fact]
    public void ZScore_counts_standard_deviations_from_the_mean()
    {
        var z = Math.Sqrt(1.5); // 10, 6, 2: mean 6, deviation sqrt(32 / 3), so 4 / deviation

        AssertScores(RankFusion.ZScore([Left, Right]), ("b", 1), ("a", z - 1), ("c", -z - 1), ("d", -z - 1));
    }

    [Fact]
    public void Distribution_puts_three_deviations_on_each_side_between_zero_and_one()
    {
        var z = Math.Sqrt(1.5) / 6;

        AssertScores(RankFusion.Distribution([Left, Right]), ("b", 0.5 + (2.0 / 3)), ("a", 0.5 + z), ("d", 1.0 / 3), ("c", 0.5 - z));
    }

    [Fact]
    public void Equal_scores_of_a_list_stay_equal_and_order_by_chunk_id()
    {
        ScoredChunk[] equal = [Hit("x", 0.1), Hit("a", 0.1), Hit("m", 0.1)];

        AssertScores(RankFusion.MinMax([equal]), ("a", 1), ("m", 1), ("x", 1));
        AssertScores(RankFusion.ZScore([equal]), ("a", 0), ("m", 0), ("x", 0));
        AssertScores(RankFusion.Distribution([equal]), ("a", 0.5), ("m", 0.5), ("x", 0.5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_single_list_keeps_its_order(string fusion)
    {
        var list = RandomList(new(3), 40);

        Assert.Equal(list.Select(h => h.Chunk.Id), Fusions[fusion]([list], null).Select(h => h.Chunk.Id));
        Assert.Equal(list.Select(h => h.Chunk.Id), Fusions[fusion]([list, [], RandomList(new(4), 5)], [0.3, 1, 0]).Select(h => h.Chunk.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_fused_is_nothing(string fusion)
    {
        Assert.Empty(Fusions[fusion]([], null));
        Assert.Empty(Fusions[fusion]([[], []], null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lists_may_come_in_any_order_and_hold_chunks_twice(string fusion)
    {
        var random = new Random(5);
        for (var round = 0; round < 100; round++)
        {
            var lists = Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomList(random, random.Next(0, 30))).ToArray();
            var weights = lists.Select(_ => random.NextDouble() + 0.01).ToArray();

            var fused = Fusions[fusion](lists, weights);

            Assert.Equal(lists.SelectMany(l => l).Select(h => h.Chunk.Id).Distinct().Order(), fused.Select(h => h.Chunk.Id).Order());
            Assert.Equal(fused.OrderByDescending(h => h.Score).ThenBy(h => h.Chunk.Id, StringComparer.Ordinal), fused);
            Array.Reverse(weights);
            Assert.Equal(fused, Fusions[fusion]([.. lists.Reverse()], weights));
            Array.Reverse(weights);
            Assert.Equal(fused, Fusions[fusion]([.. lists.Select(l => l.Concat(l.Select(h => h with { Score = h.Score - 1 })).ToArray())], weights));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Being_found_by_one_more_never_makes_a_chunk_fall(string fusion)
    {
        var random = new Random(6);
        for (var round = 0; round < 100; round++)
        {
            var (first, second) = (RandomList(random, 20), RandomList(random, 20));
            var fused = Fusions[fusion]([first, second], null);

            Assert.All(fused, better => Assert.All(fused, worse =>
            {
                if (Beats(first, better, worse) && Beats(second, better, worse))
                {
                    Assert.True(better.Score >= worse.Score - 1e-12);
                }
            }));
        }

        static bool Beats(ScoredChunk[] list, ScoredChunk better, ScoredChunk worse) =>
            !list.Any(h => h.Chunk.Id == worse.Chunk.Id)
            || (list.FirstOrDefault(h => h.Chunk.Id == better.Chunk.Id) is { } found && found.Score > list.First(h => h.Chunk.Id == worse.Chunk.Id).Score);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_explained_score_is_the_sum_of_its_terms(string fusion)
    {
        ScoredChunk[] words = [Hit("a", 3) with { Terms = [new("x", 1, 1, 2), new("y", 1, 1, 1)] }, Hit("b", 1) with { Terms = [new("x", 1, 1, 1)] }, Hit("e", 0)];
        ScoredChunk[] near = [Hit("b", 0.5) with { Terms = [new("(cosine similarity)", 1, 1, 0.5)] }, Hit("c", -0.25) with { Terms = [new("(cosine similarity)", 1, 1, -0.25)] }];

        var fused = Fusions[fusion]([words, near], [1, 3]);

        Assert.All(fused, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score), 9));
        Assert.Contains(fused[0].Terms, t => t.Term == "(cosine similarity)");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, double.NaN)]
    public void Weights_that_do_not_fit_are_refused(params double[] weights) => Assert.Throws<ArgumentException>(() => RankFusion.MinMax([Left, Right], weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_that_are_not_finite_are_refused(string fusion) =>
        Assert.Contains("'x#0' is NaN", Assert.Throws<ArgumentException>(() => Fusions[fusion]([[Hit("x", double.NaN)]], null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_constant_of_zero_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => RankFusion.ReciprocalRank([Left], constant: 0));

    private static void AssertScores(IReadOnlyList<ScoredChunk> fused, params (string Id, double Score)[] expected)
    {
        Assert.Equal(expected.Select(e => e.Id), fused.Select(f => f.Chunk.DocumentId));
        Assert.All(expected.Zip(fused), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 12));
    }

    private static ScoredChunk[] RandomList(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Hit($"d{random.Next(60)}", Math.Round(random.NextDouble() * 8, 2) - 2)).DistinctBy(h => h.Chunk.Id).OrderByDescending(h => h.Score).ThenBy(h => h.Chunk.Id, StringComparer.Ordinal)];

    private static ScoredChunk Hit(string document, double score) => new(new($"{document}#0", document, "text", new(0, 4)), score);
}
