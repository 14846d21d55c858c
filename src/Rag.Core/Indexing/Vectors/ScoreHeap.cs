namespace Rag.Indexing.Vectors;

/// <summary>Vectors by their score; the best is on top, or the worst, as it was made. Of equal scores the smaller number is the better one.</summary>
internal sealed class ScoreHeap(bool worstOnTop)
{
    private readonly ulong _flip = worstOnTop ? ulong.MaxValue : 0;
    private ulong[] _keys = new ulong[64];

    public int Count { get; private set; }

    public (float Score, int Node) Top => Unpack(_keys[0] ^ _flip);

    public void Clear() => Count = 0;

    public void Push(float score, int node)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, 2 * Count);
        }

        var key = Pack(score, node) ^ _flip;
        var place = Count++;
        for (var parent = (place - 1) / 2; place > 0 && _keys[parent] < key; parent = (place - 1) / 2)
        {
            _keys[place] = _keys[parent];
            place = parent;
        }

        _keys[place] = key;
    }

    public (float Score, int Node) Pop()
    {
        var top = Top;
        var last = _keys[--Count];
        var place = 0;
        for (var child = 1; child < Count; child = (2 * place) + 1)
        {
            child += child + 1 < Count && _keys[child + 1] > _keys[child] ? 1 : 0;
            if (_keys[child] <= last)
            {
                break;
            }

            _keys[place] = _keys[child];
            place = child;
        }

        _keys[place] = last;
        return top;
    }

    // Floats as whole numbers in the same order: the sign bit turned, and all bits of negative ones.
    private static ulong Pack(float score, int node)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f); // -0 becomes 0
        var ordered = bits >= 0x80000000 ? ~bits : bits | 0x80000000;
        return ((ulong)ordered << 32) | ~(uint)node;
    }

    private static (float Score, int Node) Unpack(ulong key)
    {
        var ordered = (uint)(key >> 32);
        return (BitConverter.UInt32BitsToSingle(ordered >= 0x80000000 ? ordered & 0x7FFFFFFF : ~ordered), (int)~(uint)key);
    }
}
