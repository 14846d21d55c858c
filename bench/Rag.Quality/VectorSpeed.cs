using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Rag.Indexing;

namespace Rag.Quality;

/// <summary>The exact vector scan against what the memory gives in the same process, on one thread: random vectors in clusters, as many as asked for.</summary>
internal static class VectorSpeed
{
    private const int Dimensions = 384;
    private const int PerDocument = 20;
    private const int Rounds = 15;

    public static Task MeasureAsync(string data, TextWriter output)
    {
        foreach (var count in (int[])[100_000, 1_000_000])
        {
            Measure(count, output);
        }

        return Task.CompletedTask;
    }

    private static void Measure(int count, TextWriter output)
    {
        var random = new Random(7);
        var centres = Enumerable.Range(0, 1000).Select(_ => Gaussian(random)).ToArray();
        var clock = Stopwatch.StartNew();
        var index = VectorIndex.Empty;
        var flat = new float[(long)count * Dimensions];
        for (var document = 0; document < count / PerDocument; document++)
        {
            var vectors = Enumerable.Range(0, PerDocument).Select(_ => (ReadOnlyMemory<float>)Near(centres[random.Next(centres.Length)], random)).ToArray();
            for (var i = 0; i < PerDocument; i++)
            {
                vectors[i].Span.CopyTo(flat.AsSpan(((document * PerDocument) + i) * Dimensions));
            }

            index = index.Add(document, $"d{document:000000}", vectors);
        }

        var built = clock.Elapsed;
        var bytes = (double)count * Dimensions * sizeof(float);
        var query = Near(centres[0], random);
        var (read, scan) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++) // by turns, so that whatever else the machine does meets both
        {
            read = Math.Min(read, Best(1, () => TensorPrimitives.Sum<float>(flat)));
            scan = Math.Min(scan, Best(1, () => index.Search(query, 10)));
        }

        var half = new DocumentScope("half", document => document % 2 == 0);
        var tenth = new DocumentScope("tenth", document => document % 10 == 0);
        var hundredth = new DocumentScope("hundredth", document => document % 100 == 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vectors: {count} x {Dimensions}, {bytes / 1e9:F2} GB, made and indexed in {built.TotalSeconds:F1} s; one thread, best of {Rounds}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  reading the memory (sum of floats): {bytes / read / 1e9:F1} GB/s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  exact search, top 10: {scan * 1e3:F2} ms, {bytes / scan / 1e9:F1} GB/s, {read / scan:P0} of it"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filtered: half {Best(Rounds, () => index.Search(query, 10, half)) * 1e3:F2} ms, a tenth {Best(Rounds, () => index.Search(query, 10, tenth)) * 1e3:F2} ms, a hundredth {Best(Rounds, () => index.Search(query, 10, hundredth)) * 1e3:F2} ms"));
    }

    private static double Best(int rounds, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            action();
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static float[] Gaussian(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i += 2)
        {
            var (radius, angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            (vector[i], vector[i + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }

        return vector;
    }

    private static float[] Near(float[] centre, Random random)
    {
        var vector = Gaussian(random);
        TensorPrimitives.MultiplyAdd(vector, 0.5f, centre, vector);
        return vector;
    }
}
