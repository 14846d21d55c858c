using System.Diagnostics;
using System.Numerics.Tensors;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>Gigabytes a second that weights can be read with, which bounds the speed of writing: every step reads them all.</summary>
internal static class MemoryBandwidth
{
    // NVIDIA's data sheets
    private static readonly (string Name, double GigabytesPerSecond)[] Gpus = [("H200", 4_800), ("H100 PCIe", 2_000), ("H100", 3_350)];

    /// <summary>What was given, else what the GPU's data sheet says, else what the CPU's threads measure here.</summary>
    public static double Of(double? given, ModelSetup setup) =>
        given ?? (setup.GpuLayers == 0 ? Measure(setup.Threads)
            : Machine.Gpu() is { } gpu && Gpus.FirstOrDefault(g => gpu.Contains(g.Name, StringComparison.OrdinalIgnoreCase)) is { GigabytesPerSecond: > 0 } known ? known.GigabytesPerSecond
            : throw new UsageException($"The memory bandwidth of {Machine.Gpu() ?? "this GPU"} is not known here. Give it: --bandwidth GB/s."));

    private static double Measure(int threads)
    {
        const int Floats = 1 << 26;
        var arrays = Enumerable.Range(0, threads).Select(_ => new float[Floats]).ToList();
        arrays.ForEach(a => a.AsSpan().Fill(1));
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            Parallel.ForEach(arrays, a => TensorPrimitives.Sum<float>(a));
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return threads * (double)Floats * sizeof(float) / best / 1e9;
    }
}
