using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rag.Llama;

/// <summary>Keeps vectors of texts that were embedded, so that equal texts are not read again. Several generators may share one. Safe for concurrent use.</summary>
/// <remarks>Entries are found by model, pooling and the tokens that the model reads (SHA-256), so that neither another prompt nor another model finds them. The one not used for longest is given up first.</remarks>
public sealed class EmbeddingCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(UInt128, UInt128), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _hits;
    private long _misses;

    /// <summary>An empty cache.</summary>
    /// <param name="capacity">Most vectors, at least 1. A vector of 1024 numbers takes 4 KiB.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public EmbeddingCache(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
    }

    /// <summary>Most vectors.</summary>
    public int Capacity { get; }

    /// <summary>Vectors kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How often a vector was found.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>How often none was.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    internal ReadOnlyMemory<float>? Find(string model, ReadOnlySpan<int> tokens)
    {
        var key = KeyOf(model, tokens);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddLast(node);
                _hits++;
                return node.Value.Vector;
            }

            _misses++;
            return null;
        }
    }

    internal void Add(string model, ReadOnlySpan<int> tokens, ReadOnlyMemory<float> vector)
    {
        var key = KeyOf(model, tokens);
        lock (_gate)
        {
            if (_entries.ContainsKey(key))
            {
                return;
            }

            if (_entries.Count == Capacity)
            {
                _entries.Remove(_byUse.First!.Value.Key);
                _byUse.RemoveFirst();
            }

            _entries.Add(key, _byUse.AddLast(new Entry(key, vector)));
        }
    }

    private static (UInt128, UInt128) KeyOf(string model, ReadOnlySpan<int> tokens)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(model));
        hash.AppendData([0]);
        hash.AppendData(MemoryMarshal.AsBytes(tokens));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var halves = MemoryMarshal.Cast<byte, UInt128>(digest);
        return (halves[0], halves[1]);
    }

    private readonly record struct Entry((UInt128, UInt128) Key, ReadOnlyMemory<float> Vector);
}
