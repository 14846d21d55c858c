using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Rag.Quality;

/// <summary>Vectors as the signs of their numbers, a bit each, compared by how many agree; the best few are compared again by the numbers. Measured, not used by the library.</summary>
internal sealed class BinaryCodes
{
    private readonly float[] _flat;
    private readonly int _dimensions;
    private readonly ulong[] _codes;

    public BinaryCodes(float[] flat, int dimensions)
    {
        _flat = flat;
        _dimensions = dimensions;
        _codes = new ulong[flat.Length / 64];
        for (var word = 0; word < _codes.Length; word++)
        {
            _codes[word] = Signs(flat.AsSpan(word * 64, 64));
        }
    }

    /// <summary>The numbers of the best by the vectors themselves among the <paramref name="fetched"/> best by their codes.</summary>
    public int[] Search(float[] query, int top, int fetched)
    {
        ulong[] code = [.. Enumerable.Range(0, _dimensions / 64).Select(w => Signs(query.AsSpan(w * 64, 64)))];
        var buckets = new List<int>[_dimensions + 1];
        var (kept, worst) = (0, _dimensions);
        for (var (node, start) = (0, 0); start < _codes.Length; node++, start += code.Length)
        {
            var differ = 0;
            var words = MemoryMarshal.CreateReadOnlySpan(ref _codes[start], code.Length);
            for (var w = 0; w < words.Length; w++)
            {
                differ += BitOperations.PopCount(words[w] ^ code[w]);
            }

            if (differ > worst)
            {
                continue;
            }

            (buckets[differ] ??= []).Add(node);
            kept++;
            while (kept - (buckets[worst]?.Count ?? 0) >= fetched)
            {
                kept -= buckets[worst]?.Count ?? 0;
                buckets[worst--] = null!;
            }
        }

        return [.. buckets.Where(b => b is not null).SelectMany(b => b)
            .OrderByDescending(node => TensorPrimitives.Dot(_flat.AsSpan(node * _dimensions, _dimensions), query)).Take(top)];
    }

    private static ulong Signs(ReadOnlySpan<float> numbers)
    {
        var signs = 0UL;
        for (var i = 0; i < numbers.Length; i++)
        {
            signs |= numbers[i] > 0 ? 1UL << i : 0;
        }

        return signs;
    }
}
