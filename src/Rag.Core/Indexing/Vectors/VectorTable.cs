using System.Numerics.Tensors;

namespace Rag.Indexing.Vectors;

/// <summary>Vectors in a row, numbered from 0 as they were added: the numbers themselves, their codes, and whose they are. Only ever appended to.</summary>
/// <remarks>One adds at a time; meanwhile others may read what was there before. Lies in blocks, so that growing copies little and no array gets too long.</remarks>
internal sealed class VectorTable(int dimensions)
{
    public const int BlockBits = 10;
    public const int BlockSize = 1 << BlockBits;

    private Block[] _blocks = [];
    private volatile int _count;

    public int Dimensions => dimensions;

    public int Count => _count;

    public void Append(ReadOnlySpan<float> unit, int document)
    {
        var (block, place) = (_count >> BlockBits, _count & (BlockSize - 1));
        if (block == _blocks.Length)
        {
            // The first block starts small: there are as many tables as tenants.
            _blocks = [.. _blocks, new(block == 0 ? 16 : BlockSize, dimensions)];
        }
        else if (place == _blocks[block].Documents.Length)
        {
            _blocks[block] = _blocks[block].Doubled(dimensions);
        }

        var target = _blocks[block];
        unit.CopyTo(target.Vectors.AsSpan(place * dimensions, dimensions));
        (target.Scales[place], target.Errors[place]) = Int8Code.Encode(unit, target.Codes.AsSpan(place * dimensions, dimensions));
        target.Documents[place] = document;
        _count++;
    }

    public ReadOnlySpan<float> Vector(int node) => _blocks[node >> BlockBits].Vectors.AsSpan((node & (BlockSize - 1)) * dimensions, dimensions);

    /// <summary>The number under which the document of a vector is known.</summary>
    public int Document(int node) => _blocks[node >> BlockBits].Documents[node & (BlockSize - 1)];

    /// <summary>Similarity to a query by the vector's code.</summary>
    public float Approximate(CodedQuery query, int node)
    {
        var (block, place) = (_blocks[node >> BlockBits], node & (BlockSize - 1));
        return query.Approximate(block.Codes.AsSpan(place * dimensions, dimensions), block.Scales[place]);
    }

    /// <summary>Similarity of two vectors by their codes.</summary>
    public float Approximate(int left, int right)
    {
        var (l, r) = (_blocks[left >> BlockBits], _blocks[right >> BlockBits]);
        var (lp, rp) = (left & (BlockSize - 1), right & (BlockSize - 1));
        return Int8Code.Dot(l.Codes.AsSpan(lp * dimensions, dimensions), r.Codes.AsSpan(rp * dimensions, dimensions)) * (l.Scales[lp] * r.Scales[rp]);
    }

    /// <summary>The exact similarity, or minus infinity where the code already shows that it is below the threshold.</summary>
    public double Score(CodedQuery query, int node, double threshold)
    {
        var (block, place) = (_blocks[node >> BlockBits], node & (BlockSize - 1));
        var approximate = query.Approximate(block.Codes.AsSpan(place * dimensions, dimensions), block.Scales[place]);
        return approximate + query.Bound(block.Errors[place]) < threshold
            ? double.NegativeInfinity
            : TensorPrimitives.Dot(block.Vectors.AsSpan(place * dimensions, dimensions), query.Unit);
    }

    private sealed class Block(int capacity, int dimensions)
    {
        public float[] Vectors { get; } = GC.AllocateUninitializedArray<float>(checked(capacity * dimensions));

        public sbyte[] Codes { get; } = GC.AllocateUninitializedArray<sbyte>(capacity * dimensions);

        public float[] Scales { get; } = new float[capacity];

        public float[] Errors { get; } = new float[capacity];

        public int[] Documents { get; } = new int[capacity];

        public Block Doubled(int dimensions)
        {
            var doubled = new Block(2 * Documents.Length, dimensions);
            Vectors.CopyTo(doubled.Vectors.AsSpan());
            Codes.CopyTo(doubled.Codes.AsSpan());
            Scales.CopyTo(doubled.Scales.AsSpan());
            Errors.CopyTo(doubled.Errors.AsSpan());
            Documents.CopyTo(doubled.Documents.AsSpan());
            return doubled;
        }
    }
}
