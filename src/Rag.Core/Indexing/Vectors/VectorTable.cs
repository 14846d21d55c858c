using System.Numerics.Tensors;

namespace Rag.Indexing.Vectors;

/// <summary>Vectors in a row, numbered from 0 as they were added: the numbers themselves, their codes, and whose they are. Only ever appended to.</summary>
/// <remarks>
/// One adds at a time; meanwhile others may read what was there before. Lies in blocks, so that growing copies little and no array gets too long; the first ones may
/// lie in a mapped file. Spans of these are valid as long as the table is referenced.
/// </remarks>
internal sealed class VectorTable
{
    public const int BlockBits = 10;
    public const int BlockSize = 1 << BlockBits;

    private readonly MappedFile? _file; // keeps the mapped blocks alive
    private readonly int _words; // of a vector's signs
    private Block[] _blocks = [];
    private volatile int _count;

    public VectorTable(int dimensions)
    {
        Dimensions = dimensions;
        _words = BinaryCode.Length(dimensions);
    }

    /// <summary>The vectors that <see cref="Write"/> wrote.</summary>
    /// <param name="dimensions">Their length.</param>
    /// <param name="file">The file.</param>
    /// <param name="start">Where they begin in it.</param>
    /// <param name="documents">The document of each.</param>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public VectorTable(int dimensions, MappedFile file, long start, int[] documents)
        : this(dimensions)
    {
        _file = file;
        _count = documents.Length;
        _blocks = new Block[(_count + BlockSize - 1) / BlockSize];
        var codes = RowWriter.Aligned(start + ((long)_count * dimensions * sizeof(float)));
        var signs = RowWriter.Aligned(codes + ((long)_count * dimensions));
        var scales = RowWriter.Aligned(signs + ((long)_count * _words * sizeof(ulong)));
        var errors = RowWriter.Aligned(scales + ((long)_count * sizeof(float)));
        for (var block = 0; block < _blocks.Length; block++)
        {
            var first = (long)block * BlockSize;
            var count = (int)Math.Min(BlockSize, _count - first);
            _blocks[block] = new(
                file.Column<float>(start + (first * dimensions * sizeof(float)), count * dimensions),
                file.Column<sbyte>(codes + (first * dimensions), count * dimensions),
                file.Column<ulong>(signs + (first * _words * sizeof(ulong)), count * _words),
                file.Column<float>(scales + (first * sizeof(float)), count),
                file.Column<float>(errors + (first * sizeof(float)), count),
                documents[(int)first..(int)(first + count)]);
        }
    }

    public int Dimensions { get; }

    public int Count => _count;

    public void Append(ReadOnlySpan<float> unit, int document)
    {
        var (block, place) = (_count >> BlockBits, _count & (BlockSize - 1));
        if (block == _blocks.Length)
        {
            // The first block starts small: there are as many tables as tenants.
            _blocks = [.. _blocks, Block.Empty(block == 0 ? 16 : BlockSize, Dimensions, _words)];
        }
        else if (place == _blocks[block].Documents.Length)
        {
            _blocks[block] = _blocks[block].Doubled(Dimensions, _words);
        }

        var target = _blocks[block];
        unit.CopyTo(Row(target.Vectors.Writable, place));
        (target.Scales.Writable[place], target.Errors.Writable[place]) = Int8Code.Encode(unit, target.Codes.Writable.Slice(place * Dimensions, Dimensions));
        BinaryCode.Encode(unit, target.Signs.Writable.Slice(place * _words, _words));
        target.Documents[place] = document;
        _count++;
    }

    public ReadOnlySpan<float> Vector(int node) => Row(_blocks[node >> BlockBits].Vectors.Values, node & (BlockSize - 1));

    /// <summary>The number under which the document of a vector is known.</summary>
    public int Document(int node) => _blocks[node >> BlockBits].Documents[node & (BlockSize - 1)];

    /// <summary>Similarity to a query by the vector's code.</summary>
    public float Approximate(CodedQuery query, int node)
    {
        var (block, place) = (_blocks[node >> BlockBits], node & (BlockSize - 1));
        return query.Approximate(Row(block.Codes.Values, place), block.Scales.Values[place]);
    }

    /// <summary>Similarity of two vectors by their codes.</summary>
    public float Approximate(int left, int right)
    {
        var (l, r) = (_blocks[left >> BlockBits], _blocks[right >> BlockBits]);
        var (lp, rp) = (left & (BlockSize - 1), right & (BlockSize - 1));
        return Int8Code.Dot(Row(l.Codes.Values, lp), Row(r.Codes.Values, rp)) * (l.Scales.Values[lp] * r.Scales.Values[rp]);
    }

    /// <summary>The exact similarity, or minus infinity where the code already shows that it is below the threshold.</summary>
    public double Score(CodedQuery query, int node, double threshold)
    {
        var (block, place) = (_blocks[node >> BlockBits], node & (BlockSize - 1));
        var approximate = query.Approximate(Row(block.Codes.Values, place), block.Scales.Values[place]);
        return approximate + query.Bound(block.Errors.Values[place]) < threshold
            ? double.NegativeInfinity
            : TensorPrimitives.Dot(Row(block.Vectors.Values, place), query.Unit);
    }

    /// <summary>Vectors whose signs differ least from the query's; of those that differ as much, the ones of smaller numbers.</summary>
    /// <param name="query">The query.</param>
    /// <param name="from">The first vector to look at.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="count">How many to find.</param>
    /// <param name="sees">Which may be found, or <see langword="null"/> for all.</param>
    public ScoreHeap NearestBySigns(CodedQuery query, int from, int end, int count, Func<int, bool>? sees)
    {
        var nearest = new ScoreHeap(worstOnTop: true);
        var worst = int.MaxValue;
        for (var node = from; node < end;)
        {
            var signs = _blocks[node >> BlockBits].Signs.Values[((node & (BlockSize - 1)) * _words)..];
            for (var last = Math.Min(end, (node | (BlockSize - 1)) + 1); node < last; node++, signs = signs[_words..])
            {
                var differ = BinaryCode.Distance(query.Signs, signs);
                if (differ < worst && (sees is null || sees(node)))
                {
                    nearest.Push(-differ, node);
                    if (nearest.Count > count)
                    {
                        nearest.Pop();
                        worst = (int)-nearest.Top.Score;
                    }
                }
            }
        }

        return nearest;
    }

    /// <summary>Writes vectors and their codes, column after column.</summary>
    /// <returns>Where they begin.</returns>
    public long Write(RowWriter writer, IReadOnlyList<int> nodes)
    {
        writer.Align();
        var start = writer.Length;
        foreach (var node in nodes)
        {
            writer.Write(Vector(node));
        }

        writer.Align();
        foreach (var node in nodes)
        {
            writer.Write(Row(_blocks[node >> BlockBits].Codes.Values, node & (BlockSize - 1)));
        }

        writer.Align();
        foreach (var node in nodes)
        {
            writer.Write(_blocks[node >> BlockBits].Signs.Values.Slice((node & (BlockSize - 1)) * _words, _words));
        }

        writer.Align();
        writer.Write<float>([.. nodes.Select(node => _blocks[node >> BlockBits].Scales.Values[node & (BlockSize - 1)])]);
        writer.Align();
        writer.Write<float>([.. nodes.Select(node => _blocks[node >> BlockBits].Errors.Values[node & (BlockSize - 1)])]);
        GC.KeepAlive(_file);
        return start;
    }

    private ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> values, int place) => values.Slice(place * Dimensions, Dimensions);

    private Span<T> Row<T>(Span<T> values, int place) => values.Slice(place * Dimensions, Dimensions);

    private sealed record Block(Column<float> Vectors, Column<sbyte> Codes, Column<ulong> Signs, Column<float> Scales, Column<float> Errors, int[] Documents)
    {
        public static Block Empty(int capacity, int dimensions, int words) =>
            new(new(checked(capacity * dimensions)), new(capacity * dimensions), new(capacity * words), new(capacity), new(capacity), new int[capacity]);

        /// <summary>The same in memory of its own, with room for as many again.</summary>
        public Block Doubled(int dimensions, int words)
        {
            var doubled = Empty(Math.Min(BlockSize, 2 * Documents.Length), dimensions, words);
            Vectors.Values.CopyTo(doubled.Vectors.Writable);
            Codes.Values.CopyTo(doubled.Codes.Writable);
            Signs.Values.CopyTo(doubled.Signs.Writable);
            Scales.Values.CopyTo(doubled.Scales.Writable);
            Errors.Values.CopyTo(doubled.Errors.Writable);
            Documents.CopyTo(doubled.Documents.AsSpan());
            return doubled;
        }
    }
}
