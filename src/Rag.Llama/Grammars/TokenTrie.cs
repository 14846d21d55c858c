using System.Buffers.Binary;

namespace Rag.Llama.Grammars;

/// <summary>The pieces of a vocabulary as a trie over bytes, in flat arrays, depth first.</summary>
internal sealed class TokenTrie
{
    private readonly Node[] _nodes;
    private readonly int[] _tokens;
    private readonly int _depth;

    private TokenTrie(Node[] nodes, int[] tokens, int depth)
    {
        _nodes = nodes;
        _tokens = tokens;
        _depth = depth;
    }

    /// <param name="pieces">By token id.</param>
    /// <param name="isText">By token id: those to put in, of which the pieces are not empty.</param>
    public static TokenTrie Build(IReadOnlyList<ReadOnlyMemory<byte>> pieces, Func<int, bool> isText)
    {
        var sorted = Sort(pieces, isText);
        var nodes = new List<Node>(sorted.Length * 2);
        var path = new List<int>();
        ReadOnlySpan<byte> previous = [];
        for (var i = 0; i < sorted.Length; i++)
        {
            var piece = pieces[sorted[i]].Span;
            var shared = piece.CommonPrefixLength(previous);
            Close(nodes, path, shared);
            for (var at = shared; at < piece.Length; at++)
            {
                path.Add(nodes.Count);
                nodes.Add(new Node(piece[at], (ushort)at, FirstToken: i, Skip: 0, Below: 0));
            }

            previous = piece;
        }

        Close(nodes, path, 0);
        var depth = nodes.Count == 0 ? 0 : nodes.Max(node => node.Depth) + 1;
        nodes.Add(new Node(0, 0, sorted.Length, nodes.Count, 0));
        return new TokenTrie([.. nodes], sorted, depth);
    }

    /// <summary>Sets the bits of the tokens that may come at <paramref name="state"/>.</summary>
    public void Allow(GrammarMatcher matcher, MatcherState state, ulong[] bits)
    {
        var work = GrammarLimits.Work;
        var classes = matcher.Classes;
        var loops = Loops(matcher, state, ref work);
        var states = new MatcherState[_depth + 1];
        states[0] = state;
        for (var i = 0; i < _nodes.Length - 1;)
        {
            ref readonly var node = ref _nodes[i];
            var from = states[node.Depth];
            var byteClass = classes[node.Label];
            var next = from.Next[byteClass] ?? matcher.Step(from, byteClass, ref work);
            if (next.IsDead)
            {
                i = node.Skip;
                continue;
            }

            // a node's own tokens come before those of all later nodes
            states[node.Depth + 1] = next;
            i = ReferenceEquals(next, state) && (node.Below & ~loops) == 0 ? node.Skip : i + 1;
            foreach (var token in _tokens.AsSpan(node.FirstToken.._nodes[i].FirstToken))
            {
                bits[token >> 6] |= 1UL << token;
            }
        }
    }

    /// <summary>The groups of bytes that lead back to the state, as most do inside a string: what is below them is allowed without a walk.</summary>
    private static ulong Loops(GrammarMatcher matcher, MatcherState state, ref long work)
    {
        var others = 0UL;
        for (var value = 0; value < 256; value++)
        {
            var next = matcher.Step(state, matcher.Classes[value], ref work);
            others |= ReferenceEquals(next, state) ? 0 : ByteGroups.Bit((byte)value);
        }

        return ~others;
    }

    private static void Close(List<Node> nodes, List<int> path, int length)
    {
        for (; path.Count > length; path.RemoveAt(path.Count - 1))
        {
            var closed = nodes[path[^1]] with { Skip = nodes.Count };
            nodes[path[^1]] = closed;
            if (path.Count > 1)
            {
                nodes[path[^2]] = nodes[path[^2]] with { Below = nodes[path[^2]].Below | closed.Below | ByteGroups.Bit(closed.Label) };
            }
        }
    }

    /// <summary>Token ids in the order of their pieces, and of their ids where those are equal.</summary>
    private static int[] Sort(IReadOnlyList<ReadOnlyMemory<byte>> pieces, Func<int, bool> isText)
    {
        var ids = Enumerable.Range(0, pieces.Count).Where(isText).ToArray();
        var keys = Array.ConvertAll(ids, id => Key(pieces[id].Span));
        Array.Sort(keys, ids);
        for (int start = 0, end; start < ids.Length; start = end)
        {
            for (end = start + 1; end < ids.Length && keys[end] == keys[start];)
            {
                end++;
            }

            ids.AsSpan(start, end - start).Sort((left, right) =>
                pieces[left].Span.SequenceCompareTo(pieces[right].Span) is var order && order != 0 ? order : left.CompareTo(right));
        }

        return ids;
    }

    // the first eight bytes as a number: sorts most pieces without a comparison call
    private static ulong Key(ReadOnlySpan<byte> piece)
    {
        Span<byte> first = stackalloc byte[8];
        piece[..Math.Min(8, piece.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    /// <param name="Label">The byte.</param>
    /// <param name="Depth">Bytes before it.</param>
    /// <param name="FirstToken">Where its tokens, then those below it, start among the sorted.</param>
    /// <param name="Skip">The node after all those below it.</param>
    /// <param name="Below">The <see cref="ByteGroups"/> of all bytes below it.</param>
    private readonly record struct Node(byte Label, ushort Depth, int FirstToken, int Skip, ulong Below);
}
