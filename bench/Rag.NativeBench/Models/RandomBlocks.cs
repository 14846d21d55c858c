using System.Runtime.InteropServices;

namespace Rag.NativeBench.Models;

/// <summary>Random weights as blocks, written as they are stored, at a gigabyte a second: nothing is quantised.</summary>
/// <remarks>Deviations are about 1 / sqrt(inputs), so that what flows through a model keeps its size.</remarks>
internal sealed class RandomBlocks
{
    private readonly Half[] _normals = new Half[1 << 16];
    private readonly double[] _deviates = new double[1 << 16];
    private ulong _state;
    private int _inputs;

    public RandomBlocks(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < _deviates.Length; i++)
        {
            // Box and Muller (1958)
            _deviates[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        _state = (ulong)random.NextInt64(1, long.MaxValue);
    }

    /// <summary>Fills whole blocks for a weight with that many inputs.</summary>
    public void Fill(WeightType type, int inputs, Span<byte> blocks)
    {
        switch (type)
        {
            case WeightType.F16:
                FillNormals(inputs, MemoryMarshal.Cast<byte, Half>(blocks));
                break;
            case WeightType.F32:
                MemoryMarshal.Cast<byte, float>(blocks).Fill(1); // norms
                break;
            case WeightType.Q80:
                FillBytes(blocks);
                SetScales(blocks, type, at: 0, 1 / (74 * Math.Sqrt(inputs))); // of bytes -128..127 the deviation is 74
                break;
            case WeightType.Q4K:
                // d * scale * quant - dmin * min, with scales and mins 0..63 and quants 0..15: a minimum of 7.5 d centres it, and its deviation is then 257 d
                FillBytes(blocks);
                SetScales(blocks, type, at: 0, 1 / (257 * Math.Sqrt(inputs)));
                SetScales(blocks, type, at: 2, 7.5 / (257 * Math.Sqrt(inputs)));
                break;
            default:
                // d * scale * (quant - 32), with scales -128..127 and quants 0..63: the deviation is 74 * 18.5 d
                FillBytes(blocks);
                SetScales(blocks, type, at: 208, 1 / (1369 * Math.Sqrt(inputs)));
                break;
        }
    }

    private static void SetScales(Span<byte> blocks, WeightType type, int at, double scale)
    {
        for (; at < blocks.Length; at += type.BlockBytes())
        {
            BitConverter.TryWriteBytes(blocks[at..], (Half)scale);
        }
    }

    private void FillNormals(int inputs, Span<Half> values)
    {
        if (_inputs != inputs)
        {
            _inputs = inputs;
            for (var i = 0; i < _normals.Length; i++)
            {
                _normals[i] = (Half)(_deviates[i] / Math.Sqrt(inputs));
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            if ((i & 3) == 0)
            {
                Next();
            }

            values[i] = _normals[(ushort)(_state >> (16 * (i & 3)))];
        }
    }

    private void FillBytes(Span<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ref var word in words)
        {
            word = Next();
        }

        bytes[(words.Length * 8)..].Fill((byte)Next());
    }

    // xorshift64 (Marsaglia 2003)
    private ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        return _state ^= _state << 17;
    }
}
