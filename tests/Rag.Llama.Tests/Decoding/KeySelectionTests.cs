using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class KeySelectionTests
{
    public static TheoryData<string> Orders => ["random", "ascending", "descending", "organ pipe", "saw"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Smallest_brings_the_smallest_to_the_front(string order)
    {
        var random = new Random(5);
        foreach (var size in (int[])[0, 1, 2, 3, 48, 49, 50, 500, 3_000])
        {
            var keys = Keys(order, size, random);
            var count = random.Next(size + 1);
            ulong[] selected = [.. keys];

            KeySelection.Smallest(selected, count);

            Assert.Equal(keys.Order().Take(count), selected.Take(count).Order());
            Assert.Equal(keys.Order(), selected.Order());
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void SmallestOfMass_takes_as_few_as_reach_the_mass(string order)
    {
        var random = new Random(6);
        var logits = new float[3_000];
        foreach (var size in (int[])[1, 2, 3, 48, 49, 500, 3_000])
        {
            var keys = Keys(order, size, random);
            var count = 1 + random.Next(size);

            // all weights are 1
            var taken = KeySelection.SmallestOfMass(keys, logits, 0, count);

            Assert.Equal(count, taken);
            Assert.Equal(Enumerable.Range(0, count), keys.Take(count).Select(CandidateKey.Token).Order());
        }
    }

    [Fact]
    public void Descending_sorts_by_logit_then_by_token()
    {
        float[] logits = [0f, -0f, 1f, float.MaxValue, float.MinValue, -1f, 1f, float.Epsilon, -float.Epsilon];

        var sorted = logits.Select(CandidateKey.Descending).Order().Select(CandidateKey.Token);

        Assert.Equal([3, 2, 6, 7, 0, 1, 8, 5, 4], sorted);
    }

    private static ulong[] Keys(string order, int size, Random random)
    {
        ulong[] keys = [.. Enumerable.Range(0, size).Select(i => CandidateKey.Ascending(0, i))];
        switch (order)
        {
            case "random":
                random.Shuffle(keys);
                break;
            case "descending":
                Array.Reverse(keys);
                break;
            case "organ pipe":
                keys = [.. keys.Where((_, i) => i % 2 == 0), .. keys.Where((_, i) => i % 2 == 1).Reverse()];
                break;
            case "saw":
                keys = [.. keys.OrderBy(k => CandidateKey.Token(k) % 7).ThenBy(k => k)];
                break;
        }

        return keys;
    }
}
