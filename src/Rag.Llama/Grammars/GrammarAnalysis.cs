namespace Rag.Llama.Grammars;

/// <summary>Refuses grammars that a matcher cannot follow: rules that never end, and rules that start with themselves.</summary>
internal sealed class GrammarAnalysis(Element[] elements, Block[] blocks, Func<string, int, GrammarException> errorAt)
{
    /// <summary>By block, whether it can match nothing.</summary>
    /// <exception cref="GrammarException">A rule never ends or is left-recursive.</exception>
    public bool[] Check()
    {
        var nullable = Derive(charactersHold: false);
        var endless = Array.IndexOf(Derive(charactersHold: true), false);
        if (endless >= 0)
        {
            var (name, offset) = (blocks[endless].RuleName, blocks[endless].Offset);
            throw errorAt($"Rule '{name}' can never end: its every alternative leads back to itself. Give it one that does not.", offset);
        }

        RefuseLeftRecursion(nullable);
        return nullable;
    }

    /// <summary>The blocks of which some alternative holds in every element, least fixed point.</summary>
    private bool[] Derive(bool charactersHold)
    {
        var holds = new bool[blocks.Length];
        var waiting = new List<(int Block, int Start)>[blocks.Length];
        var open = new Dictionary<int, int>();
        var settled = new Queue<int>();
        for (var block = 0; block < blocks.Length; block++)
        {
            foreach (var start in blocks[block].Alternatives)
            {
                var needs = Needs(start, charactersHold);
                if (needs is null)
                {
                    continue;
                }

                open[start] = needs.Count;
                needs.ForEach(need => (waiting[need] ??= []).Add((block, start)));
                Settle(block, needs.Count);
            }
        }

        while (settled.TryDequeue(out var done))
        {
            foreach (var (block, start) in waiting[done] ?? [])
            {
                Settle(block, --open[start]);
            }
        }

        return holds;

        void Settle(int block, int left)
        {
            if (left == 0 && !holds[block])
            {
                holds[block] = true;
                settled.Enqueue(block);
            }
        }
    }

    /// <summary>The blocks that must hold for a sequence to; null if it cannot.</summary>
    private List<int>? Needs(int start, bool charactersHold)
    {
        var needs = new List<int>();
        for (var at = start; elements[at].Kind != ElementKind.End; at++)
        {
            if (elements[at].Kind == ElementKind.Characters && !charactersHold)
            {
                return null;
            }

            if (elements[at].Kind == ElementKind.Call || elements[at] is { Kind: ElementKind.Repeat, Min: > 0 })
            {
                needs.Add(elements[at].Target);
            }
        }

        return needs;
    }

    // depth first without recursion: a grammar may chain thousands of rules
    private void RefuseLeftRecursion(bool[] nullable)
    {
        var finished = new bool[blocks.Length];
        var onPath = new bool[blocks.Length];
        var path = new Stack<(int Block, IEnumerator<int> Remaining)>();
        for (var first = 0; first < blocks.Length; first++)
        {
            Enter(first);
            while (path.TryPeek(out var top))
            {
                if (top.Remaining.MoveNext())
                {
                    Enter(top.Remaining.Current);
                    continue;
                }

                (onPath[top.Block], finished[top.Block]) = (false, true);
                path.Pop();
            }
        }

        void Enter(int block)
        {
            if (onPath[block])
            {
                throw LeftRecursion([.. path.Select(frame => frame.Block).TakeWhile(other => other != block).Reverse()], block);
            }

            if (!finished[block])
            {
                onPath[block] = true;
                path.Push((block, Leftmost(block, nullable).GetEnumerator()));
            }
        }
    }

    private IEnumerable<int> Leftmost(int block, bool[] nullable)
    {
        foreach (var start in blocks[block].Alternatives)
        {
            for (var at = start; elements[at].Kind is ElementKind.Call or ElementKind.Repeat; at++)
            {
                yield return elements[at].Target;
                if (!nullable[elements[at].Target] && elements[at] is not { Kind: ElementKind.Repeat, Min: 0 })
                {
                    break;
                }
            }
        }
    }

    private GrammarException LeftRecursion(int[] between, int block)
    {
        var names = new List<string>();
        foreach (var name in between.Prepend(block).Append(block).Select(number => blocks[number].RuleName))
        {
            if (names.Count == 0 || names[^1] != name)
            {
                names.Add(name);
            }
        }

        var way = names.Count == 1 ? $"{names[0]} -> {names[0]}" : string.Join(" -> ", names.Count > 8 ? [.. names.Take(4), "...", .. names.TakeLast(3)] : names);
        return errorAt($"Rule '{names[0]}' can start with itself ({way}). Put what it starts with first, and repeat the rest: x ::= start rest*", blocks[block].Offset);
    }
}
