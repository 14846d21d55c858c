namespace Rag.Llama.Grammars;

/// <summary>A frame of a matcher's stack: what is to be matched next, and under it what comes after. Immutable and shared; equal by content.</summary>
internal sealed class StackNode : IEquatable<StackNode>
{
    public StackNode(int position, int count, StackNode? parent, bool fresh = false)
    {
        Position = position;
        Count = count;
        Parent = parent;
        Fresh = fresh;
        HasFresh = fresh || parent is { HasFresh: true };
        Depth = (parent?.Depth ?? 0) + 1;
        Hash = Mix((parent?.Hash ?? 0) ^ ((ulong)(uint)position << 32 | (uint)count), fresh);
    }

    /// <summary>The element of the program.</summary>
    public int Position { get; }

    /// <summary>For a repetition, how many times are done; for characters, the state of the byte automaton.</summary>
    public int Count { get; }

    public StackNode? Parent { get; }

    /// <summary>A repetition of which the last time has matched nothing so far.</summary>
    public bool Fresh { get; }

    public bool HasFresh { get; }

    public int Depth { get; }

    public ulong Hash { get; }

    public bool Equals(StackNode? other)
    {
        for (var node = this; !ReferenceEquals(node, other); node = node.Parent, other = other.Parent)
        {
            if (node is null || other is null || node.Hash != other.Hash || node.Depth != other.Depth
                || node.Position != other.Position || node.Count != other.Count || node.Fresh != other.Fresh)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as StackNode);

    public override int GetHashCode() => (int)Hash;

    /// <summary>The same stack once a byte has been matched, so no repetition in it is fresh.</summary>
    public StackNode Settle()
    {
        var frames = new Stack<StackNode>();
        var settled = this;
        for (; settled is { HasFresh: true }; settled = settled.Parent)
        {
            frames.Push(settled);
        }

        while (frames.TryPop(out var frame))
        {
            settled = new StackNode(frame.Position, frame.Count, settled);
        }

        return settled!;
    }

    // the finisher of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)
    private static ulong Mix(ulong value, bool fresh)
    {
        value += fresh ? 0x3C6EF372FE94F82AUL : 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
