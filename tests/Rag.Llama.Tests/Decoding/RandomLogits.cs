namespace Rag.Llama.Tests.Decoding;

/// <summary>Logits like those of models: a bell, sometimes steep, sometimes with ties or forbidden tokens.</summary>
internal static class RandomLogits
{
    public static float[] Bell(Random random, int size, double deviation = 2)
    {
        return [.. Enumerable.Range(0, size).Select(_ => (float)(deviation * Normal(random)))];
    }

    public static float[] Any(Random random, int size)
    {
        var logits = Bell(random, size, Math.Exp((4 * random.NextDouble()) - 2));
        if (random.Next(3) == 0)
        {
            logits = [.. logits.Select(l => MathF.Round(l * 2) / 2)];
        }

        if (random.Next(3) == 0)
        {
            logits = [.. logits.Select((l, t) => t > 0 && random.Next(4) == 0 ? float.NegativeInfinity : l)];
        }

        return logits;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
