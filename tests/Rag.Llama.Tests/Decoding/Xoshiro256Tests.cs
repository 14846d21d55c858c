using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class Xoshiro256Tests
{
    [Fact]
    public void NextBits_gives_the_authors_numbers()
    {
        // from their C code with the state 1, 2, 3, 4, as in the tests of Rust's rand_xoshiro
        var random = new Xoshiro256(1, 2, 3, 4);

        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], [random.NextBits(), random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void SplitMix_gives_the_published_numbers()
    {
        // Rosetta Code, "Pseudo-random numbers/Splitmix64", seed 1234567
        var state = 1234567UL;

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [Xoshiro256.SplitMix(ref state), Xoshiro256.SplitMix(ref state), Xoshiro256.SplitMix(ref state)]);
    }

    [Fact]
    public void NextShare_lies_between_0_and_1_and_is_even()
    {
        var random = new Xoshiro256(7);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[(int)(random.NextShare() * 10)]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 9_700, 10_300));
    }
}
