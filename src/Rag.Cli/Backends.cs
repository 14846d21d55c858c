using Rag.Llama;

namespace Rag.Cli;

/// <summary>Names what computes a model.</summary>
internal static class Backends
{
    /// <summary>Such as <c>cpu</c>, <c>cuda</c> or <c>vulkan</c>.</summary>
    public static string Of(LlamaModel model) => model.GpuLayers > 0 && LlamaLibrary.Load().Devices.FirstOrDefault(d => d.IsGpu) is { } gpu ? Of(gpu) : "cpu";

    /// <summary>The backend behind a device, whose name is <c>CUDA0</c> and the like.</summary>
    public static string Of(LlamaDevice device) => device.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToLowerInvariant();
}
