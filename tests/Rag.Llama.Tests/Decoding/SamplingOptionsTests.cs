using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class SamplingOptionsTests
{
    [Fact]
    public void Options_refuse_what_is_out_of_range()
    {
        Action[] wrong =
        [
            () => _ = new SamplingOptions { Temperature = -0.1 },
            () => _ = new SamplingOptions { Temperature = double.NaN },
            () => _ = new SamplingOptions { Temperature = double.PositiveInfinity },
            () => _ = new SamplingOptions { TopK = -1 },
            () => _ = new SamplingOptions { TopP = 1.1 },
            () => _ = new SamplingOptions { TopP = double.NaN },
            () => _ = new SamplingOptions { MinP = -0.1 },
            () => _ = new SamplingOptions { TypicalP = 2 },
            () => _ = new SamplingOptions { LogitBias = new Dictionary<int, float> { [-1] = 0 } },
            () => _ = new SamplingOptions { LogitBias = new Dictionary<int, float> { [1] = float.NaN } },
            () => _ = new SamplingOptions { LogitBias = new Dictionary<int, float> { [1] = float.PositiveInfinity } },
            () => _ = new PenaltyOptions { Repetition = 0 },
            () => _ = new PenaltyOptions { Repetition = double.NaN },
            () => _ = new PenaltyOptions { Frequency = 2.1 },
            () => _ = new PenaltyOptions { Presence = double.NaN },
            () => _ = new PenaltyOptions { Window = -1 },
            () => _ = new BeamSearchOptions { Width = 0 },
            () => _ = new BeamSearchOptions { Width = 33 },
            () => _ = new BeamSearchOptions { LengthPenalty = -1 },
            () => _ = new BeamSearchOptions { LengthPenalty = double.NaN },
            () => _ = new BeamSearchOptions { MaxTokens = 0 },
            () => _ = new BeamSearchOptions { Best = 0 },
        ];

        Assert.All(wrong, create => Assert.Throws<ArgumentOutOfRangeException>(create));
    }

    [Fact]
    public void Options_take_the_ends_of_their_ranges()
    {
        _ = new SamplingOptions { Temperature = 0, TopK = 0, TopP = 0, MinP = 0, TypicalP = 0 };
        _ = new SamplingOptions { TopP = 1, MinP = 1, TypicalP = 1, Penalties = new PenaltyOptions { Frequency = -2, Presence = 2, Window = 0 } };
    }

    [Fact]
    public void LogitBias_is_copied()
    {
        var bias = new Dictionary<int, float> { [1] = 2 };
        var options = new SamplingOptions { LogitBias = bias };

        bias[1] = 5;

        Assert.Equal(2, options.LogitBias[1]);
    }

    [Fact]
    public void SeedOr_takes_the_seed_or_one_from_the_source()
    {
        Assert.Equal(5U, new SamplingOptions { Seed = 5 }.SeedOr(new Random(1)));
        Assert.Equal(new SamplingOptions().SeedOr(new Random(1)), new SamplingOptions().SeedOr(new Random(1)));
        Assert.NotEqual(new SamplingOptions().SeedOr(new Random(1)), new SamplingOptions().SeedOr(new Random(2)));
    }
}
