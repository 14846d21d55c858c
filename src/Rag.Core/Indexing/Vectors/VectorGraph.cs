namespace Rag.Indexing.Vectors;

/// <summary>A hierarchical navigable small world: vectors linked to near ones, in layers of which each has a sixteenth of the one below.</summary>
/// <remarks>
/// Malkov and Yashunin 2016 (arXiv:1603.09320). Knows numbers of vectors and nothing else of them. One links at a time; meanwhile others may search:
/// they see a list of links as it was or as it will be, or partly so, and each entry is a vector that is linked.
/// </remarks>
internal sealed class VectorGraph
{
    /// <summary>Links of a new vector in each layer (the paper's M); a list may grow to as many in the upper layers and to twice as many in the lowest.</summary>
    public const int Degree = 16;

    private const int Stride = (2 * Degree) + 1; // the count, then the links

    private int[][] _lowest = [];
    private int[]?[][] _upper = [];
    private volatile GraphEntry? _entry;
    private volatile int _linked;

    /// <summary>Held while links are made or copied.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Where a search begins; <see langword="null"/> in an empty graph.</summary>
    public GraphEntry? Entry
    {
        get => _entry;
        set => _entry = value;
    }

    /// <summary>How many vectors are linked: those with smaller numbers.</summary>
    public int Linked
    {
        get => _linked;
        set => _linked = value;
    }

    public static int Capacity(int layer) => layer == 0 ? 2 * Degree : Degree;

    /// <summary>The top layer of a vector, by chance, the same each time: one in 16 has layer 1, one in 256 layer 2.</summary>
    public static int RandomLevel(int node)
    {
        // SplitMix64 (Steele, Lea and Flood 2014) of the number
        var bits = ((ulong)node + 1) * 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ulong.LeadingZeroCount(bits ^ (bits >> 31)) is var zeros ? (int)zeros / 4 : 0; // four zero bits have a chance of 1/16
    }

    public int Level(int node) => _upper[node >> VectorTable.BlockBits][node & (VectorTable.BlockSize - 1)] is { } links ? links.Length / (Degree + 1) : 0;

    public ReadOnlySpan<int> Links(int node, int layer)
    {
        var all = List(node, layer);
        return all.Slice(1, all[0]);
    }

    public void SetLinks(int node, int layer, ReadOnlySpan<int> links)
    {
        var all = List(node, layer);
        links.CopyTo(all[1..]);
        Volatile.Write(ref all[0], links.Length);
    }

    /// <summary>Makes room for a vector.</summary>
    public void Reserve(int node, int level)
    {
        var block = node >> VectorTable.BlockBits;
        if (block == _lowest.Length)
        {
            _lowest = [.. _lowest, new int[VectorTable.BlockSize * Stride]];
            _upper = [.. _upper, new int[]?[VectorTable.BlockSize]];
        }

        if (level > 0)
        {
            _upper[block][node & (VectorTable.BlockSize - 1)] = new int[level * (Degree + 1)];
        }
    }

    private Span<int> List(int node, int layer)
    {
        var (block, place) = (node >> VectorTable.BlockBits, node & (VectorTable.BlockSize - 1));
        return layer == 0
            ? _lowest[block].AsSpan(place * Stride, Stride)
            : _upper[block][place].AsSpan((layer - 1) * (Degree + 1), Degree + 1);
    }
}

/// <summary>Where the search of a graph begins.</summary>
/// <param name="Node">A vector of the top layer.</param>
/// <param name="Level">The top layer.</param>
internal sealed record GraphEntry(int Node, int Level);
