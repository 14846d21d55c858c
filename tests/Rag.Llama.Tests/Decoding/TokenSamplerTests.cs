using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class TokenSamplerTests
{
    private static readonly SamplingOptions Greedy = new() { Temperature = 0 };

    private static readonly SamplingOptions Plain = new() { Temperature = 1, TopK = 0, TopP = 1, MinP = 0 };

    [Fact]
    public void Sample_repeats_for_a_seed()
    {
        Assert.Equal(Draws(new SamplingOptions(), 42, 200), Draws(new SamplingOptions(), 42, 200));
        Assert.Equal(Draws(Plain, 42, 200), Draws(Plain, 42, 200));
        Assert.NotEqual(Draws(Plain, 42, 200), Draws(Plain, 43, 200));
        Assert.Equal(42U, new TokenSampler(Plain, 42).Seed);
    }

    [Fact]
    public void Sample_gives_the_tokens_pinned_for_a_seed()
    {
        // these may never change, whatever the machine: users rely on a seed
        Assert.Equal([521, 996, 277, 798, 231, 66, 864, 831, 409, 521, 719, 541, 20, 99, 231, 554], Draws(new SamplingOptions(), 2024, 16));
        Assert.Equal([53, 785, 66, 153, 772, 251, 391, 264, 554, 53, 719, 930, 872, 363, 772, 185], Draws(Plain, 2024, 16));
        Assert.Equal([693, 139, 996, 456, 185, 798, 864, 535, 100, 469, 752, 311, 159, 416, 185, 33], Draws(Plain with { TopP = 0.9, TypicalP = 0.95 }, 2024, 16));
    }

    [Fact]
    public void Sample_takes_the_best_token_at_temperature_0_as_with_top_k_1()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var logits = RandomLogits.Any(random, 1 + random.Next(300));
            var best = Array.IndexOf(logits, logits.Max());

            Assert.Equal(best, new TokenSampler(Greedy, 0).Sample(logits).Token);
            Assert.Equal(best, new TokenSampler(Plain with { TopK = 1 }, (uint)round).Sample(logits).Token);
            Assert.Equal(best, new TokenSampler(Plain with { Temperature = 1e-40, TopK = 1 }, (uint)round).Sample(logits).Token);
        }
    }

    [Fact]
    public void Sample_gives_each_token_its_probability()
    {
        var logits = RandomLogits.Bell(new Random(2), 30, 1);
        int[] history = [1, 2, 2, 3, 3, 3, 17];
        SamplingOptions[] all =
        [
            Plain,
            Plain with { Temperature = 0.6 },
            Plain with { Temperature = 1.7 },
            Plain with { TopK = 7 },
            Plain with { TopP = 0.8 },
            Plain with { MinP = 0.2 },
            Plain with { TypicalP = 0.7 },
            Plain with { Penalties = new PenaltyOptions { Repetition = 1.5, Frequency = 0.4, Presence = 0.3 } },
            Plain with { LogitBias = new Dictionary<int, float> { [4] = 2, [5] = float.NegativeInfinity } },
            new SamplingOptions { Penalties = new PenaltyOptions { Frequency = -0.5, Window = 3 } },
        ];

        Assert.All(all, options => AssertFits(ReferenceSampler.Distribution(logits, options, history), logits, options, history));
    }

    [Fact]
    public void Sample_draws_from_what_the_constraint_allows_in_the_right_proportions()
    {
        var logits = RandomLogits.Bell(new Random(3), 20, 1);
        float[] masked = [.. logits.Select((l, t) => t % 3 == 0 ? l : float.NegativeInfinity)];
        var constraint = new AllowedTokens((_, t) => t % 3 == 0);

        AssertFits(ReferenceSampler.Distribution(masked, Plain), logits, Plain, [], constraint);

        Assert.InRange(constraint.Masked, 1, 19_999);
    }

    [Fact]
    public void Sample_never_gives_a_token_that_the_constraint_forbids()
    {
        var random = new Random(4);
        for (var round = 0; round < 500; round++)
        {
            var logits = RandomLogits.Bell(random, 50);
            var constraint = new AllowedTokens((_, t) => t % 17 == round % 17);
            var options = (round % 3) switch { 0 => Greedy, 1 => Plain, _ => new SamplingOptions { Penalties = new PenaltyOptions { Repetition = 1.3 } } };

            var token = new TokenSampler(options, (uint)round).Sample(logits, [1, 2, 3], constraint).Token;

            Assert.Equal(round % 17, token % 17);
            Assert.Equal(0, constraint.Place);
        }
    }

    [Fact]
    public void Sample_does_not_mask_when_the_first_draw_is_allowed()
    {
        var constraint = new AllowedTokens((_, _) => true);

        new TokenSampler(Greedy, 0).Sample([1, 2, 3], default, constraint);

        Assert.Equal(0, constraint.Masked);
    }

    [Fact]
    public void Sample_keeps_to_the_bias_and_the_penalties_under_a_constraint()
    {
        // of 0 and 1, which are allowed, the bias lifts 0 over 1; the unbiased best, 2, is refused
        var options = Greedy with { LogitBias = new Dictionary<int, float> { [0] = 3 } };

        var token = new TokenSampler(options, 0).Sample([0, 1, 9], default, new AllowedTokens((_, t) => t < 2)).Token;

        Assert.Equal(0, token);
    }

    [Fact]
    public void Sample_penalises_only_within_the_window()
    {
        var options = Greedy with { Penalties = new PenaltyOptions { Presence = 2, Window = 2 } };

        Assert.Equal(0, new TokenSampler(options, 0).Sample([2, 1], [0, 1, 1]).Token);
        Assert.Equal(1, new TokenSampler(options, 0).Sample([2, 1], [1, 0, 0]).Token);
        Assert.Equal(0, new TokenSampler(options with { Penalties = options.Penalties with { Window = 0 } }, 0).Sample([2, 1], [0]).Token);
        Assert.Equal(0, new TokenSampler(options, 0).Sample([2, 1], [-1, 7]).Token);
    }

    [Fact]
    public void Sample_reports_the_models_log_probabilities_whatever_the_options()
    {
        var options = Greedy with { LogitBias = new Dictionary<int, float> { [2] = 100 } };
        var logits = new[] { MathF.Log(4), MathF.Log(2), 0, 0 };

        var sampled = new TokenSampler(options, 0).Sample(logits, alternatives: 2);

        Assert.Equal(2, sampled.Token);
        Assert.Equal(Math.Log(1 / 8.0), sampled.LogProbability!.Value, 1e-6);
        Assert.Equal([0, 1], sampled.Alternatives.Select(a => a.Token));
        Assert.Equal([Math.Log(0.5), Math.Log(0.25)], sampled.Alternatives.Select(a => a.LogProbability), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Sample_reports_nothing_unless_asked()
    {
        var sampled = new TokenSampler(Greedy, 0).Sample([1, 2]);

        Assert.Null(sampled.LogProbability);
        Assert.Empty(sampled.Alternatives);
        Assert.Empty(new TokenSampler(Greedy, 0).Sample([1, 2], alternatives: 0).Alternatives);
        Assert.Equal([1, 0], new TokenSampler(Greedy, 0).Sample([1, 2, float.NegativeInfinity], alternatives: 9).Alternatives.Select(a => a.Token));
    }

    [Theory]
    [InlineData(new[] { 0f })]
    [InlineData(new[] { float.NegativeInfinity, 5f, float.NegativeInfinity })]
    [InlineData(new[] { float.MinValue, float.MaxValue, float.MinValue })]
    [InlineData(new[] { -0f, 0f })]
    [InlineData(new[] { float.MinValue, float.MinValue })]
    public void Sample_copes_with_extreme_logits(float[] logits)
    {
        var best = Array.IndexOf(logits, logits.Max());
        SamplingOptions[] all = [Greedy, Plain with { TopK = 1 }, Plain with { TopP = 0 }, Plain with { TypicalP = 0 }, new SamplingOptions { TopP = 0.1, Penalties = new PenaltyOptions { Repetition = 1.5 } }];

        Assert.All(all, options => Assert.Equal(best, new TokenSampler(options, 9).Sample(logits, [0, 1], alternatives: 1).Token));
        Assert.InRange(new TokenSampler(Plain, 9).Sample(logits).Token, 0, logits.Length - 1);
    }

    [Theory]
    [InlineData(new[] { 1f, float.NaN })]
    [InlineData(new[] { 1f, float.PositiveInfinity })]
    [InlineData(new[] { float.NegativeInfinity, float.NegativeInfinity })]
    public void Sample_throws_when_no_token_can_be_chosen(float[] logits)
    {
        SamplingOptions[] all = [Greedy, Plain, new(), Plain with { TypicalP = 0.5 }];

        Assert.All(all, options => Assert.Throws<LlamaException>(() => new TokenSampler(options, 0).Sample(logits)));
    }

    [Fact]
    public void Sample_throws_when_constraint_and_bias_leave_nothing()
    {
        var options = Plain with { LogitBias = new Dictionary<int, float> { [0] = float.NegativeInfinity } };

        Assert.Throws<LlamaException>(() => new TokenSampler(options, 0).Sample([1, 2], default, new AllowedTokens((_, t) => t == 0)));
    }

    [Fact]
    public void Sample_throws_for_a_bias_outside_of_the_vocabulary_and_for_no_logits()
    {
        var options = Plain with { LogitBias = new Dictionary<int, float> { [7] = 1 } };

        Assert.Contains("token 7", Assert.Throws<LlamaException>(() => new TokenSampler(options, 0).Sample([1, 2])).Message);
        Assert.Throws<ArgumentException>(() => new TokenSampler(Plain, 0).Sample([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(Plain, 0).Sample([1], alternatives: -1));
    }

    [Fact]
    public void Sample_draws_evenly_from_equal_logits_of_a_large_vocabulary()
    {
        var (sampler, logits) = (new TokenSampler(Plain, 5), new float[5_000]);
        var counts = new int[10];
        for (var i = 0; i < 10_000; i++)
        {
            counts[sampler.Sample(logits).Token / 500]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 850, 1_150));
    }

    [Fact]
    public void Sample_allocates_nothing_once_warm()
    {
        var options = new SamplingOptions { Penalties = new PenaltyOptions { Repetition = 1.1 }, LogitBias = new Dictionary<int, float> { [3] = 1 } };
        var (sampler, logits, history) = (new TokenSampler(options, 5), RandomLogits.Bell(new Random(1), 2_000), new[] { 1, 2, 3 });
        sampler.Sample(logits, history);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            sampler.Sample(logits, history);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 99);
    }

    /// <summary>Pearson's chi-square against the expected counts, with room for four standard deviations; the seed is fixed, so it holds or it does not.</summary>
    private static void AssertFits(SortedDictionary<int, double> expected, float[] logits, SamplingOptions options, int[] history, ITokenConstraint? constraint = null)
    {
        const int Draws = 20_000;
        var sampler = new TokenSampler(options, 77);
        var counts = new int[logits.Length];
        for (var i = 0; i < Draws; i++)
        {
            counts[sampler.Sample(logits, history, constraint).Token]++;
        }

        var chiSquare = expected.Sum(e => Math.Pow(counts[e.Key] - (e.Value * Draws), 2) / (e.Value * Draws));
        Assert.InRange(chiSquare, 0, expected.Count + (4 * Math.Sqrt(2 * expected.Count)));
        Assert.All(counts.Index().Where(c => c.Item > 0), c => Assert.Contains(c.Index, expected.Keys));
    }

    private static int[] Draws(SamplingOptions options, uint seed, int count)
    {
        // logits without any library mathematics, so that the test itself is the same everywhere
        float[] logits = [.. Enumerable.Range(0, 1_000).Select(t => ((t * 7919) % 1_009) / 101f)];
        var sampler = new TokenSampler(options, seed);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Sample(logits).Token)];
    }
}
