using System.Globalization;
using System.Runtime.InteropServices;
using Rag.Llama;

namespace Rag.NativeBench.Reporting;

/// <summary>Where and when it was measured.</summary>
internal static class Machine
{
    /// <summary>Processor, devices, runtime and library in one sentence.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC; {Processor()}, {Environment.ProcessorCount} processors; load average {LoadAverage()}; {RuntimeInformation.FrameworkDescription}; {Library()}.");

    /// <summary>The first GPU's name; <see langword="null"/> without one.</summary>
    public static string? Gpu() => LlamaLibrary.Load().Devices.FirstOrDefault(d => d.IsGpu)?.Description;

    private static string Processor() => First("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Library()
    {
        try
        {
            var library = LlamaLibrary.Load();
            return $"llama.cpp {library.Version} on {string.Join(", ", library.Devices.Select(d => $"{d.Name} ({d.Description})"))}";
        }
        catch (LlamaLibraryException)
        {
            return "no llama.cpp";
        }
    }

    private static string? First(string file, string key) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
