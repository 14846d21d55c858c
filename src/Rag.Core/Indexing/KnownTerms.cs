namespace Rag.Indexing;

/// <summary>Numbers terms in the order in which they are first seen. A term seen before costs no allocation. Not safe for concurrent use.</summary>
/// <remarks>What a look-up reads is kept apart and small: most of its time is waiting for memory.</remarks>
internal sealed class KnownTerms
{
    private const int InitialCapacity = 256;

    private Entry[] _entries = new Entry[InitialCapacity];
    private string[] _texts = new string[InitialCapacity];
    private int[] _buckets = NewBuckets(InitialCapacity);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a term, which from now on is known.</summary>
    public int Number(ReadOnlySpan<char> term)
    {
        var key = TermKey.Of(term);
        var hash = string.GetHashCode(term);
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i >= 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Key == key && entry.Length == (ushort)term.Length && (entry.IsWhole || term.SequenceEqual(_texts[i])))
            {
                return i;
            }
        }

        return Add(term.ToString(), key, hash);
    }

    /// <summary>A term.</summary>
    public string Text(int number) => _texts[number];

    /// <summary>What <see cref="TermKey.Of"/> says of a term.</summary>
    public ulong Key(int number) => _entries[number].Key;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_texts, 0, Count);
        Array.Fill(_buckets, -1);
        Count = 0;
    }

    private int Add(string term, ulong key, int hash)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[Count] = new(term, key, bucket);
        _texts[Count] = term;
        return bucket = Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, 2 * Count);
        Array.Resize(ref _texts, 2 * Count);
        _buckets = NewBuckets(2 * Count);
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref _buckets[string.GetHashCode(_texts[i]) & (_buckets.Length - 1)];
            (_entries[i].Next, bucket) = (bucket, i);
        }
    }

    private static int[] NewBuckets(int capacity)
    {
        var buckets = new int[2 * capacity];
        Array.Fill(buckets, -1);
        return buckets;
    }

    private struct Entry(string term, ulong key, int next)
    {
        public readonly ulong Key = key;
        public int Next = next; // the next one of the same bucket, or -1
        public readonly ushort Length = (ushort)term.Length;
        public readonly bool IsWhole = TermKey.IsWhole(term);
    }
}
