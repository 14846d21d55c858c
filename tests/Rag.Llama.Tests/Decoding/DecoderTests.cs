using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class DecoderTests
{
    private static readonly int[] Prompt = [3, 1];

    [Fact]
    public void Search_gives_what_the_reference_gives()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var source = new TableSource(6 + (seed % 5), seed);
            var options = new BeamSearchOptions { Width = 1 + (seed % 6), MaxTokens = 8, LengthPenalty = seed % 3 * 0.7, Best = 1 + (seed % 2) };

            var found = new Decoder(source, IsEnd).Search(Prompt, options);

            var expected = ReferenceBeamSearch.Search(source, Prompt, options.Width, options.MaxTokens, options.LengthPenalty, IsEnd).Take(options.Best).ToList();
            Assert.Equal(expected.Select(t => string.Join(' ', t.Tokens)), found.Select(h => string.Join(' ', h.Tokens)));
            Assert.Equal(expected.Select(t => t.Finished), found.Select(h => h.Finished));
            Assert.Equal(expected.Select(t => t.Score(options.LengthPenalty)), found.Select(h => h.Score), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.All(found, h => Assert.Equal(Sum(source, h.Tokens), h.LogProbability, 1e-5));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Search_wide_enough_finds_the_best_of_all_texts(double alpha)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            // 2 live tokens and an end: 4 live texts of two tokens, so never more than 15 at once
            var source = new TableSource(3, seed);
            var options = new BeamSearchOptions { Width = 32, MaxTokens = 3, LengthPenalty = alpha, Best = 5 };

            var found = new Decoder(source, IsEnd).Search(Prompt, options);

            var expected = ReferenceBeamSearch.Everything(source, Prompt, options.MaxTokens, alpha, IsEnd).Take(5);
            Assert.Equal(expected.Select(t => string.Join(' ', t.Tokens)), found.Select(h => string.Join(' ', h.Tokens)));
        }
    }

    [Fact]
    public void Search_of_width_1_is_greedy()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var decoder = new Decoder(new TableSource(12, seed), IsEnd);

            var greedy = decoder.Sample(Prompt, 15, new SamplingOptions { Temperature = 0 }, 0);
            var beam = decoder.Search(Prompt, new BeamSearchOptions { Width = 1, MaxTokens = 15 }).Single();

            Assert.Equal(greedy.Tokens, beam.Tokens);
            Assert.Equal((greedy.LogProbability, greedy.Score, greedy.Finished), (beam.LogProbability, beam.Score, beam.Finished));
        }
    }

    [Fact]
    public void Search_gives_a_better_sum_than_greedy_nearly_always_and_on_average()
    {
        // a beam can lose the greedy path early, so no width short of everything guarantees it for each text
        var (worse, gain) = (0, 0.0);
        for (var seed = 0; seed < 100; seed++)
        {
            var decoder = new Decoder(new TableSource(20, seed), _ => false);

            var greedy = decoder.Search(Prompt, new BeamSearchOptions { Width = 1, MaxTokens = 8 }).Single();
            var beam = decoder.Search(Prompt, new BeamSearchOptions { Width = 16, MaxTokens = 8 }).Single();

            worse += beam.LogProbability < greedy.LogProbability - 1e-9 ? 1 : 0;
            gain += beam.LogProbability - greedy.LogProbability;
        }

        Assert.InRange(worse, 0, 2);
        Assert.InRange(gain / 100, 0.5, 5);
    }

    [Fact]
    public void Sample_repeats_for_a_seed_and_reports_the_models_log_probability()
    {
        var source = new TableSource(20, 5);
        var decoder = new Decoder(source, IsEnd);

        var first = decoder.Sample(Prompt, 30, new SamplingOptions(), 9);
        var second = decoder.Sample(Prompt, 30, new SamplingOptions(), 9);

        Assert.Equal(first.Tokens, second.Tokens);
        Assert.Equal(Sum(source, first.Tokens), first.LogProbability, 1e-5);
        Assert.Equal(first.LogProbability / first.Tokens.Count, first.Score, 1e-9);
    }

    [Fact]
    public void Sample_ends_at_an_end_token_or_at_the_limit()
    {
        var decoder = new Decoder(new TableSource(4, 1, 0.1), IsEnd);
        for (uint seed = 0; seed < 100; seed++)
        {
            var sample = decoder.Sample([], 5, new SamplingOptions { Temperature = 1 }, seed);

            Assert.InRange(sample.Tokens.Count, 1, 5);
            Assert.Equal(sample.Finished, sample.Tokens[^1] == 0);
            Assert.DoesNotContain(0, sample.Tokens.SkipLast(1));
        }
    }

    [Fact]
    public void Every_way_of_decoding_keeps_to_the_constraint()
    {
        var constraint = new AllowedTokens((place, token) => token % 2 == place % 2);
        var decoder = new Decoder(new TableSource(10, 4), _ => false);

        Hypothesis[] all =
        [
            decoder.Sample(Prompt, 6, new SamplingOptions(), 1, constraint),
            decoder.SampleBest(Prompt, 6, new SamplingOptions(), 1, 4, constraint),
            .. decoder.Search(Prompt, new BeamSearchOptions { MaxTokens = 6, Best = 4 }, constraint),
        ];

        Assert.All(all, h => Assert.Equal([0, 1, 0, 1, 0, 1], h.Tokens.Select(t => t % 2)));
        Assert.Equal(0, constraint.Place);
    }

    [Fact]
    public void SampleBest_gives_the_sample_of_the_highest_mean()
    {
        var decoder = new Decoder(new TableSource(20, 6), IsEnd);
        Hypothesis[] samples = [.. Enumerable.Range(0, 6).Select(i => decoder.Sample(Prompt, 10, new SamplingOptions(), unchecked(uint.MaxValue - 2 + (uint)i)))];

        var best = decoder.SampleBest(Prompt, 10, new SamplingOptions(), uint.MaxValue - 2, 6);

        Assert.Equal(samples.MaxBy(s => s.Score)!.Tokens, best.Tokens);
    }

    [Fact]
    public void Choose_takes_the_first_of_equal_means()
    {
        Hypothesis[] samples = [new([], 0, 0, true), new([1, 2], -4, -2, true), new([3], -1, -1, true), new([4, 5, 6], -3, -1, true)];

        Assert.Same(samples[2], BestOfN.Choose(samples));
        Assert.Throws<ArgumentException>(() => BestOfN.Choose([]));
    }

    [Fact]
    public void Decoding_stops_when_cancelled()
    {
        var decoder = new Decoder(new TableSource(4, 1), _ => false);
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => decoder.Sample([], 5, new SamplingOptions(), 0, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() => decoder.Search([], new BeamSearchOptions(), cancellationToken: cancelled));
    }

    private static bool IsEnd(int token) => token == 0;

    private static double Sum(TableSource source, IReadOnlyList<int> tokens)
    {
        return tokens.Select((token, i) => source.LogProbabilities([.. Prompt, .. tokens.Take(i)])[token]).Sum();
    }
}
