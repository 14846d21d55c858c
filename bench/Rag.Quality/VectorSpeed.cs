using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Rag.Indexing;

namespace Rag.Quality;

/// <summary>Search by vector on one thread, in seconds of the processor: the exact scan beside what the memory gives, the graph's recall, speed and making, and both under filters.</summary>
/// <remarks>Reads base.f32 and queries.f32 (rows of 384 little-endian floats), so that other libraries can be measured on the same vectors: bench/vectors.py.
/// Seconds of the processor, so that a busy machine spoils them less.</remarks>
internal static class VectorSpeed
{
    private const int Dimensions = 384;
    private const int PerDocument = 20;
    private const int Rounds = 7;
    private const int Top = 10;

    public static async Task MeasureAsync(string folder, int queries, TextWriter output)
    {
        var flat = await ReadAsync(Path.Combine(folder, "base.f32"));
        var questions = (await ReadAsync(Path.Combine(folder, "queries.f32"))).Chunk(Dimensions).Take(queries).ToArray();
        var count = flat.Length / Dimensions;
        VectorIndex exact = new(recall: 1), index = new();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var added = Seconds(() => exact = Fill(exact, flat));
        var size = GC.GetTotalMemory(forceFullCollection: true) - before;
        Say(output, $"vectors: {count} x {Dimensions}, {flat.Length * 4.0 / 1e6:F0} MB, added in {added:F1} s, {size / 1e6:F0} MB; {questions.Length} queries, one thread, best of {Rounds} rounds by turns");
        MeasureScan(flat, exact, questions, output);

        index = Fill(index, flat);
        await MeasureBinaryAsync(exact, index, questions, output);
        before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var linked = Seconds(() => index.Link());
        Say(output, $"  graph made in {linked:F1} s of the processor ({clock.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} cores with whatever else they did), {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} MB; sampled recall {index.MeasuredRecall:F4}");
        (int Part, string Name)[] filters = [(1, "all"), (2, "50 %"), (10, "10 %"), (100, "1 %"), (1000, "0.1 %")];
        foreach (var (part, name) in filters)
        {
            MeasureGraph(name, part == 1 ? null : new DocumentScope(name, document => document % part == 0), exact, index, questions, output);
        }
    }

    private static void MeasureScan(float[] flat, VectorIndex exact, float[][] questions, TextWriter output)
    {
        var bytes = flat.Length * (double)sizeof(float);
        var (read, floats, codes) = (double.MaxValue, double.MaxValue, double.MaxValue);
        var some = questions.Take(20).ToArray();
        var wrong = 0;
        for (var round = 0; round < Rounds; round++) // by turns, so that whatever else the machine does meets all
        {
            read = Math.Min(read, Seconds(() => TensorPrimitives.Sum<float>(flat)));
            floats = Math.Min(floats, Seconds(() => ScanFloats(flat, some[0])));
            codes = Math.Min(codes, Seconds(() => Array.ForEach(some, q => exact.Search(q, Top))) / some.Length);
        }

        foreach (var question in some)
        {
            wrong += exact.Search(question, Top).Select(h => (h.Document * PerDocument) + h.Chunk).Order().SequenceEqual(ScanFloats(flat, question).Order()) ? 0 : 1;
        }

        Say(output, $"  reading the memory (sum of floats): {bytes / read / 1e9:F1} GB/s");
        Say(output, $"  scan of float32: {floats * 1e3:F2} ms, {read / floats:P0} of the memory's speed");
        Say(output, $"  VectorIndex, exact (int8 codes, then float32): {codes * 1e3:F2} ms, {floats / codes:F2} times as fast; {wrong} of {some.Length} results differ");
    }

    // As it is while the graph is being made.
    private static async Task MeasureBinaryAsync(VectorIndex exact, VectorIndex index, float[][] questions, TextWriter output)
    {
        using var stop = new CancellationTokenSource();
        var start = Environment.CpuUsage.TotalTime;
        var linking = Task.Run(() => index.Link(1, stop.Token));
        while (index.Linked == 0 && !linking.IsCompleted)
        {
            await Task.Delay(1); // the index says nothing when its first links are made; looking takes next to none of the processor
        }

        Say(output, $"  how many to compare again by signs: measured in {(Environment.CpuUsage.TotalTime - start).TotalSeconds:F1} s of the processor");
        await stop.CancelAsync();
        try
        {
            await linking;
        }
        catch (OperationCanceledException)
        {
            MeasureGraph("all, without the graph, by signs", null, exact, index, questions, output);
        }
    }

    private static void MeasureGraph(string name, DocumentScope? scope, VectorIndex exact, VectorIndex index, float[][] questions, TextWriter output)
    {
        var expected = questions.Select(q => exact.Search(q, Top, scope)).ToArray();
        var found = questions.Select(q => index.Search(q, Top, scope)).ToArray();
        var recall = expected.Zip(found, (e, f) => f.Count(h => h.Score >= e[^1].Score) / (double)e.Count).Average();
        var (scan, walk) = (double.MaxValue, double.MaxValue);
        var some = questions.Take(Math.Min(questions.Length, 50)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            scan = Math.Min(scan, Seconds(() => Array.ForEach(some, q => exact.Search(q, Top, scope))) / some.Length);
            walk = Math.Min(walk, Seconds(() => Array.ForEach(questions, q => index.Search(q, Top, scope))) / questions.Length);
        }

        Say(output, $"  visible {name}: exact {scan * 1e3:F3} ms, VectorIndex {walk * 1e3:F3} ms ({1 / walk:F0} queries/s), recall@{Top} {recall:F4}");
    }

    private static int[] ScanFloats(float[] flat, float[] question)
    {
        var best = new PriorityQueue<int, float>();
        for (var i = 0; i < flat.Length / Dimensions; i++)
        {
            var score = TensorPrimitives.Dot(flat.AsSpan(i * Dimensions, Dimensions), question);
            if (best.Count < Top)
            {
                best.Enqueue(i, score);
            }
            else if (best.TryPeek(out _, out var worst) && score > worst)
            {
                best.EnqueueDequeue(i, score);
            }
        }

        return [.. best.UnorderedItems.Select(i => i.Element)];
    }

    private static VectorIndex Fill(VectorIndex index, float[] flat)
    {
        for (var document = 0; document < flat.Length / Dimensions / PerDocument; document++)
        {
            index = index.Add(document, $"d{document:000000}", [.. Enumerable.Range(document * PerDocument, PerDocument).Select(i => (ReadOnlyMemory<float>)flat.AsMemory(i * Dimensions, Dimensions))]);
        }

        return index;
    }

    private static double Seconds(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static async Task<float[]> ReadAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        var values = new float[stream.Length / sizeof(float)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
