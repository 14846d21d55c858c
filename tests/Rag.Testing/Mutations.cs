namespace Rag.Testing;

/// <summary>Seeded damage to a good file: random bytes, truncations, bit flips, repeated stretches.</summary>
public static class Mutations
{
    /// <summary><paramref name="count"/> damaged versions of <paramref name="good"/>; the same seed gives the same bytes.</summary>
    public static IEnumerable<byte[]> Of(byte[] good, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return (i % 4) switch
            {
                0 => Noise(random),
                1 => good[..random.Next(good.Length)],
                2 => Flip(good, random),
                _ => Repeat(good, random),
            };
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 4_096)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flip(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        for (var flips = random.Next(1, 40); flips > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] Repeat(byte[] good, Random random)
    {
        var start = random.Next(good.Length);
        var piece = good[start..Math.Min(good.Length, start + random.Next(1, 200))];
        return [.. good[..start], .. Enumerable.Repeat(piece, random.Next(2, 50)).SelectMany(p => p), .. good[start..]];
    }
}
