using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Rag.Testing.Gguf;

/// <summary>Numbers as the bytes of a tensor.</summary>
public static class TensorEncoding
{
    /// <summary>Numbers in a block of <see cref="TensorType.Q80"/>.</summary>
    public const int BlockLength = 32;

    private const int BlockBytes = 2 + BlockLength;

    /// <summary>The bytes that <paramref name="count"/> numbers take.</summary>
    public static long Bytes(TensorType type, long count) => type switch
    {
        TensorType.F32 => count * sizeof(float),
        TensorType.F16 => count * 2,
        TensorType.Q80 when count % BlockLength == 0 => count / BlockLength * BlockBytes,
        TensorType.Q80 => throw new ArgumentException($"{count} numbers are not whole blocks of {BlockLength}.", nameof(count)),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Writes <paramref name="values"/> to the start of <paramref name="bytes"/>, which holds at least <see cref="Bytes"/> of them.</summary>
    public static void Encode(TensorType type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        switch (type)
        {
            case TensorType.F32:
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case TensorType.F16:
                TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes));
                break;
            default:
                for (var block = 0; block < values.Length / BlockLength; block++)
                {
                    EncodeBlock(values.Slice(block * BlockLength, BlockLength), bytes.Slice(block * BlockBytes, BlockBytes));
                }

                break;
        }
    }

    // As llama.cpp: the scale is the greatest magnitude / 127; it is stored rounded to a half, but divides unrounded; halves round away from zero.
    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(values)) / 127f;
        var inverse = scale == 0 ? 0 : 1f / scale;
        BitConverter.TryWriteBytes(block, (Half)scale);
        for (var i = 0; i < BlockLength; i++)
        {
            block[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
        }
    }
}
