using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Rag.Llama.Binding;

/// <summary>The modules by which llama.cpp computes on GPUs. It passes over one that cannot be loaded without a word, so the reason is found out here.</summary>
internal static partial class BackendModules
{
    /// <summary>Why the GPU modules of a folder give no device, a sentence each; empty where there are none.</summary>
    public static string Problems(string folder) => string.Join(' ', Directory.EnumerateFiles(folder)
        .Where(f => Name().IsMatch(Path.GetFileName(f)))
        .Order(StringComparer.Ordinal)
        .Select(Problem));

    private static string Problem(string file)
    {
        try
        {
            NativeLibrary.Load(file);
            return $"{Path.GetFileName(file)} is loaded and finds no device: look at the GPU's driver.";
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // the system's own words come last
            return $"{Path.GetFileName(file)} cannot be loaded: {e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1].TrimEnd('.')}.";
        }
    }

    // libggml-cuda.so, ggml-vulkan.dll; neither ggml-base nor the processor's variants
    [GeneratedRegex(@"^(lib)?ggml-(?!base|cpu|blas|rpc)[a-z0-9]+\.(so|dylib|dll)$")]
    private static partial Regex Name();
}
