namespace Rag.Llama.Grammars;

/// <summary>Follows calls, repetitions and ends of sequences until every stack waits for a byte. Not safe for concurrent use.</summary>
internal sealed class StackClosure(GrammarProgram program)
{
    private readonly HashSet<StackNode> _seen = [];
    private readonly HashSet<StackNode> _tops = [];
    private readonly Stack<StackNode> _open = new();

    /// <summary>Whether some stack has come to its end.</summary>
    public bool CanEnd { get; private set; }

    /// <summary>Stack moves since the last <see cref="Clear"/>.</summary>
    public int Moves { get; private set; }

    public void Clear()
    {
        _seen.Clear();
        _tops.Clear();
        _open.Clear();
        (CanEnd, Moves) = (false, 0);
    }

    /// <summary>The stacks found, in the order of their hashes.</summary>
    public StackNode[] Tops()
    {
        var found = _tops.ToArray();
        Array.Sort(found, (left, right) => left.Hash.CompareTo(right.Hash));
        return found;
    }

    /// <summary>A stack that waits for a byte.</summary>
    public void AddWaiting(StackNode top)
    {
        Moves++;
        if (_tops.Add(top.HasFresh ? top.Settle() : top) && _tops.Count > GrammarLimits.Stacks)
        {
            throw new GrammarException($"The grammar reads one text in more than {GrammarLimits.Stacks} ways at once. Make it less ambiguous, or its lists of alternatives shorter.");
        }
    }

    /// <summary>A stack at any place; what it leads to is followed.</summary>
    public void Add(int position, StackNode? parent)
    {
        Enter(position, 0, parent);
        while (_open.TryPop(out var node))
        {
            Follow(node);
        }
    }

    public void AddBlock(int block)
    {
        foreach (var start in program.Blocks[block].Alternatives)
        {
            Add(start, null);
        }
    }

    // ends are left at once, so a last call in a sequence adds no frame and lists by recursion stay flat
    private void Enter(int position, int count, StackNode? parent)
    {
        while (program.Elements[position].Kind == ElementKind.End)
        {
            if (parent is null)
            {
                CanEnd = true;
                return;
            }

            if (parent.Fresh)
            {
                return; // one more time of nothing says no more than stopping before it
            }

            (position, count, parent) = (parent.Position, parent.Count, parent.Parent);
        }

        var node = new StackNode(position, count, parent);
        if (node.Depth <= GrammarLimits.StackDepth && _seen.Add(node))
        {
            _open.Push(node);
        }
    }

    private void Follow(StackNode node)
    {
        Moves++;
        var element = program.Elements[node.Position];
        switch (element.Kind)
        {
            case ElementKind.Characters:
                AddWaiting(new StackNode(node.Position, element.Target, node.Parent));
                break;
            case ElementKind.Call:
                EnterBlock(element.Target, After(node));
                break;
            case ElementKind.Repeat:
                Repeat(node, element);
                break;
        }
    }

    private void Repeat(StackNode node, Element element)
    {
        var nullable = program.Nullable[element.Target];
        if (nullable || node.Count >= element.Min)
        {
            Enter(node.Position + 1, 0, node.Parent);
        }

        var bounded = element.Max >= 0;
        if (node.Count + 1 == element.Max)
        {
            EnterBlock(element.Target, After(node));
        }
        else if (!bounded || node.Count < element.Max)
        {
            // beyond the minimum all counts of an unbounded repetition are alike, so that states recur
            var count = bounded ? node.Count + 1 : Math.Min(node.Count + 1, nullable ? 0 : element.Min);
            EnterBlock(element.Target, new StackNode(node.Position, count, node.Parent, fresh: bounded && nullable));
        }
    }

    private void EnterBlock(int block, StackNode? parent)
    {
        foreach (var start in program.Blocks[block].Alternatives)
        {
            Enter(start, 0, parent);
        }
    }

    private StackNode? After(StackNode node) => program.Elements[node.Position + 1].Kind == ElementKind.End
        ? node.Parent
        : new StackNode(node.Position + 1, 0, node.Parent);
}
