namespace Rag.Testing.Gguf;

/// <summary>Seeded numbers for weights. One after the other, so that the order of the tensors decides their numbers.</summary>
internal sealed class RandomWeights
{
    // Drawing from a table of normal deviates costs a nanosecond a number; a model of 300 million would else take half a minute.
    private readonly float[] normals = new float[1 << 16];
    private ulong state;

    public RandomWeights(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < normals.Length; i++)
        {
            // Box and Muller (1958)
            normals[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        state = (ulong)random.NextInt64(1, long.MaxValue);
    }

    /// <summary>The same number everywhere.</summary>
    public static Action<Span<float>> Constant(float value) => piece => piece.Fill(value);

    /// <summary>Normal deviates about 0.</summary>
    public Action<Span<float>> Normal(float deviation) => piece =>
    {
        foreach (ref var value in piece)
        {
            // xorshift64 (Marsaglia 2003); its upper bits index the table
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            value = normals[state >> 48] * deviation;
        }
    };

    /// <summary>Normal deviates scaled for a weight with that many inputs, so that what flows through it keeps its size.</summary>
    public Action<Span<float>> Weight(int inputs) => Normal(1 / MathF.Sqrt(inputs));
}
