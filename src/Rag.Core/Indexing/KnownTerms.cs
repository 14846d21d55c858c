namespace Rag.Indexing;

/// <summary>A term that has been seen, with what the present document knows of it.</summary>
internal struct KnownTerm(string text, ulong key, int next)
{
    public readonly string Text = text;
    public readonly ulong Key = key; // see TermKey
    public readonly int Length = text.Length;
    public readonly bool IsWhole = TermKey.IsWhole(text);
    public int Next = next; // the next one of the same bucket, or -1
    public int Postings; // in this document
    public int LastPosting;
}

/// <summary>Numbers terms in the order in which they are first seen. A term seen before costs no allocation. Not safe for concurrent use.</summary>
internal sealed class KnownTerms
{
    private KnownTerm[] _terms = new KnownTerm[256];
    private int[] _buckets = NewBuckets(256);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A term by its number.</summary>
    public ref KnownTerm this[int number] => ref _terms[number];

    /// <summary>The number of a term, which from now on is known.</summary>
    public int Number(ReadOnlySpan<char> term)
    {
        var key = TermKey.Of(term);
        var hash = string.GetHashCode(term);
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i >= 0; i = _terms[i].Next)
        {
            ref var known = ref _terms[i];
            if (known.Key == key && known.Length == term.Length && (known.IsWhole || term.SequenceEqual(known.Text)))
            {
                return i;
            }
        }

        return Add(term.ToString(), key, hash);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_terms, 0, Count);
        Array.Fill(_buckets, -1);
        Count = 0;
    }

    private int Add(string term, ulong key, int hash)
    {
        if (Count == _terms.Length)
        {
            Grow();
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _terms[Count] = new(term, key, bucket);
        return bucket = Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _terms, 2 * _terms.Length);
        _buckets = NewBuckets(_terms.Length);
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref _buckets[string.GetHashCode(_terms[i].Text) & (_buckets.Length - 1)];
            (_terms[i].Next, bucket) = (bucket, i);
        }
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        Array.Fill(buckets, -1);
        return buckets;
    }
}
