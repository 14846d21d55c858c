using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class CandidateSetTests
{
    private static readonly int[] Sizes = [1, 2, 7, 8, 9, 31, 200, 1_000, 5_000];

    private static readonly SamplingOptions Everything = new() { Temperature = 1, TopK = 0, TopP = 1, MinP = 0 };

    public static TheoryData<string> Steps => ["top-k", "top-p", "min-p", "typical", "all", "default", "none"];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Fill_keeps_what_the_reference_keeps_for_random_logits(string step)
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var logits = RandomLogits.Any(random, Sizes[random.Next(Sizes.Length)]);
            var options = Options(step, random);
            var set = Filled(logits, options);

            Assert.Equal(ReferenceSampler.Distribution(logits, options).Keys, Tokens(set).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void At_gives_each_token_its_share(string step)
    {
        var random = new Random(12);
        const int Points = 4_000;
        for (var round = 0; round < 20; round++)
        {
            var logits = RandomLogits.Any(random, 1 + random.Next(40));
            var options = Options(step, random) with { Temperature = 0.2 + random.NextDouble() };
            var set = Filled(logits, options);

            var counts = Enumerable.Range(0, Points).CountBy(i => set.At(i / (double)Points, logits, (float)(1 / options.Temperature))).ToDictionary();

            Assert.All(ReferenceSampler.Distribution(logits, options), t => Assert.Equal(t.Value, counts.GetValueOrDefault(t.Key) / (double)Points, 1.0 / Points + 1e-5));
        }
    }

    [Fact]
    public void Fill_keeps_the_lower_ids_of_equal_logits()
    {
        var logits = new float[1_000];

        Assert.Equal([0, 1, 2, 3, 4], Tokens(Filled(logits, Everything with { TopK = 5 })).Order());
        Assert.Equal(Enumerable.Range(0, 100), Tokens(Filled(logits, Everything with { TopP = 0.1 })).Order());
        Assert.Equal(Enumerable.Range(0, 250), Tokens(Filled(logits, Everything with { TypicalP = 0.25 })).Order());
        Assert.Equal(Enumerable.Range(0, 1_000), Tokens(Filled(logits, Everything with { MinP = 1 })).Order());
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.50001, 2)]
    [InlineData(0.75, 2)]
    [InlineData(0.76, 3)]
    [InlineData(0, 1)]
    public void Fill_keeps_the_token_that_crosses_top_p(double topP, int kept)
    {
        // shares 1/2, 1/4, 1/8, 1/8; the best two a hair more, so that rounded logarithms do not decide
        float[] logits = [MathF.Log(4) + 1e-6f, MathF.Log(2) + 1e-6f, 0, 0];

        Assert.Equal(Enumerable.Range(0, kept), Tokens(Filled(logits, Everything with { TopP = topP })).Order());
    }

    [Fact]
    public void Fill_drops_a_token_that_is_too_certain_to_be_typical()
    {
        // shares 1/3 and eight of 1/12: the entropy is 2.02 nats, the surprise of the best token 1.10, that of the others 2.48
        float[] logits = [MathF.Log(4), 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal([1, 2, 3, 4], Tokens(Filled(logits, Everything with { TypicalP = 0.3 })).Order());
    }

    [Fact]
    public void Fill_with_a_flat_large_vocabulary_is_right_without_top_k()
    {
        var logits = RandomLogits.Bell(new Random(3), 60_000, 0.3);
        var options = Everything with { TopP = 0.9 };

        Assert.Equal(ReferenceSampler.Distribution(logits, options).Keys, Tokens(Filled(logits, options)).Order());
    }

    private static SamplingOptions Options(string step, Random random) => step switch
    {
        "top-k" => Everything with { TopK = 1 + random.Next(60) },
        "top-p" => Everything with { TopP = random.NextDouble() },
        "min-p" => Everything with { MinP = random.NextDouble() * random.NextDouble() },
        "typical" => Everything with { TypicalP = random.NextDouble() },
        "all" => Everything with { TopK = random.Next(2) * random.Next(200), TypicalP = random.NextDouble(), TopP = random.NextDouble(), MinP = random.NextDouble() * 0.3 },
        "default" => new SamplingOptions(),
        _ => Everything,
    };

    private static CandidateSet Filled(float[] logits, SamplingOptions options)
    {
        var set = new CandidateSet();
        set.Fill(logits, logits.Max(), options);
        return set;
    }

    private static int[] Tokens(CandidateSet set) => [.. set.Keys.ToArray().Select(CandidateKey.Token)];
}
