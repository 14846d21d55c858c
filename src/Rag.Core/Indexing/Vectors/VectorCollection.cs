using System.Collections.Concurrent;

namespace Rag.Indexing.Vectors;

/// <summary>What the indexes made from one another share: the vectors of all their documents in the order they were added, and the graph over them.</summary>
internal sealed class VectorCollection
{
    private int[] _keys = new int[4];
    private string[] _ids = new string[4];
    private int[] _firstNodes = new int[5];
    private volatile int _documents;
    private volatile SearchEffort? _effort;
    private volatile SearchEffort? _binaryEffort;

    public VectorCollection(int dimensions) => Vectors = new(dimensions);

    /// <summary>A collection from a file; <paramref name="firstNodes"/> has one entry more than there are documents.</summary>
    public VectorCollection(VectorTable vectors, int[] keys, string[] ids, int[] firstNodes)
    {
        Vectors = vectors;
        (_keys, _ids, _firstNodes) = (keys, ids, firstNodes);
        _documents = keys.Length;
    }

    /// <summary>Held while documents are added.</summary>
    public Lock Gate { get; } = new();

    public VectorTable Vectors { get; }

    public VectorGraph Graph { get; set; } = new();

    /// <summary>Idle searches of the graph.</summary>
    public ConcurrentBag<GraphSearch> Searches { get; } = [];

    /// <summary>What a search of the graph needs; <see langword="null"/> until that was measured.</summary>
    public SearchEffort? Effort
    {
        get => _effort;
        set => _effort = value;
    }

    /// <summary>How many of the nearest by their signs are to be compared again; <see langword="null"/> until that was measured.</summary>
    public SearchEffort? BinaryEffort
    {
        get => _binaryEffort;
        set => _binaryEffort = value;
    }

    /// <summary>Set when another collection has taken the place of this one: linking it further serves nobody.</summary>
    public bool Replaced { get; set; }

    public int Documents => _documents;

    public int Key(int document) => _keys[document];

    public string Id(int document) => _ids[document];

    /// <summary>The first vector of a document; for the number of documents, where the next one's would be.</summary>
    public int FirstNode(int document) => _firstNodes[document];

    /// <summary>The vectors of a document, one after the other.</summary>
    public float[] UnitsOf(int document)
    {
        var units = new float[(FirstNode(document + 1) - FirstNode(document)) * Vectors.Dimensions];
        for (var (node, start) = (FirstNode(document), 0); start < units.Length; node++, start += Vectors.Dimensions)
        {
            Vectors.Vector(node).CopyTo(units.AsSpan(start));
        }

        return units;
    }

    /// <summary>The number of the last document with a key among the first <paramref name="count"/> that is not gone, or -1.</summary>
    public int Find(int key, int count, Func<int, bool> gone)
    {
        var document = _keys.AsSpan(0, count).LastIndexOf(key);
        while (document >= 0 && gone(document))
        {
            document = _keys.AsSpan(0, document).LastIndexOf(key);
        }

        return document;
    }

    /// <summary>Adds a document; the caller holds the gate.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="id">Its id.</param>
    /// <param name="units">Its vectors, of unit length or zero, one after the other.</param>
    public void Add(int key, string id, ReadOnlySpan<float> units)
    {
        var document = _documents;
        if (document == _keys.Length)
        {
            Array.Resize(ref _keys, (2 * document) + 1);
            Array.Resize(ref _ids, (2 * document) + 1);
            Array.Resize(ref _firstNodes, (2 * document) + 2);
        }

        for (var start = 0; start < units.Length; start += Vectors.Dimensions)
        {
            Vectors.Append(units.Slice(start, Vectors.Dimensions), document);
        }

        _keys[document] = key;
        _ids[document] = id;
        _firstNodes[document + 1] = Vectors.Count;
        _documents++;
    }
}
