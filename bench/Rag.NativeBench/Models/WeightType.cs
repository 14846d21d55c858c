namespace Rag.NativeBench.Models;

/// <summary>How a tensor stores its weights; the values are ggml's.</summary>
internal enum WeightType
{
    F32 = 0,
    F16 = 1,
    Q80 = 8,
    Q4K = 12,
    Q6K = 14,
}

/// <summary>Sizes of blocks, from ggml-common.h of llama.cpp v0.5.0.</summary>
internal static class WeightTypes
{
    /// <summary>Numbers in a block.</summary>
    public static int BlockLength(this WeightType type) => type switch { WeightType.Q80 => 32, WeightType.Q4K or WeightType.Q6K => 256, _ => 1 };

    /// <summary>Bytes of a block.</summary>
    public static int BlockBytes(this WeightType type) => type switch { WeightType.F32 => 4, WeightType.F16 => 2, WeightType.Q80 => 34, WeightType.Q4K => 144, _ => 210 };

    /// <summary>Bytes of that many numbers, whole blocks.</summary>
    public static long Bytes(this WeightType type, long count) => count / type.BlockLength() * type.BlockBytes();
}
