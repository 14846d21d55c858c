namespace Rag.Llama.Grammars;

/// <summary>All the stacks that a text may have led to. Equal by content; remembers where bytes lead.</summary>
internal sealed class MatcherState : IEquatable<MatcherState>
{
    private readonly int _hash;

    /// <param name="tops">Different, each waiting for a byte; ordered by <see cref="StackNode.Hash"/>.</param>
    /// <param name="canEnd">Whether the text may end here.</param>
    /// <param name="generation">States of one generation may point at each other.</param>
    /// <param name="classCount">Byte classes of the grammar.</param>
    public MatcherState(StackNode[] tops, bool canEnd, int generation, int classCount)
    {
        Tops = tops;
        CanEnd = canEnd;
        Generation = generation;
        IsDead = tops.Length == 0 && !canEnd;
        Next = new MatcherState?[classCount];
        _hash = tops.Aggregate(canEnd ? 1 : 0, (sum, top) => sum * 31 + (int)(top.Hash >> 16));
    }

    public StackNode[] Tops { get; }

    public bool CanEnd { get; }

    public int Generation { get; }

    /// <summary>By byte class: the state after it, where that is known.</summary>
    public MatcherState?[] Next { get; }

    /// <summary>No text that came here can be continued or ended.</summary>
    public bool IsDead { get; }

    public bool Equals(MatcherState? other) =>
        other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && CanEnd == other.CanEnd && Tops.AsSpan().SequenceEqual(other.Tops)));

    public override bool Equals(object? obj) => Equals(obj as MatcherState);

    public override int GetHashCode() => _hash;
}
