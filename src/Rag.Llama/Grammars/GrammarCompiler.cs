namespace Rag.Llama.Grammars;

/// <summary>Turns rules into a <see cref="GrammarProgram"/>: groups become blocks, repetitions stay counted.</summary>
internal sealed class GrammarCompiler
{
    private readonly Dictionary<string, int> _ruleBlocks = [];
    private readonly List<Element> _elements = [];
    private readonly List<Block?> _blocks = [];
    private readonly Dictionary<CodePointSet, int> _states = new(ReferenceEqualityComparer.Instance);
    private readonly ByteAutomatonBuilder _bytes = new();
    private readonly Func<string, int, GrammarException> _errorAt;
    private GrammarRule _current = new("", 0, new GrammarExpression.Sequence([]));

    private GrammarCompiler(Func<string, int, GrammarException> errorAt) => _errorAt = errorAt;

    /// <param name="rules">At least one, with different names.</param>
    /// <param name="root">The rule that the text must match.</param>
    /// <param name="errorAt">Makes an error from a message and an offset of the text.</param>
    public static GrammarProgram Compile(IReadOnlyList<GrammarRule> rules, string root, Func<string, int, GrammarException> errorAt)
    {
        var compiler = new GrammarCompiler(errorAt);
        foreach (var rule in rules)
        {
            compiler._ruleBlocks.Add(rule.Name, compiler.Reserve());
        }

        if (!compiler._ruleBlocks.TryGetValue(root, out var rootBlock))
        {
            throw errorAt($"There is no rule '{root}'. Rules: {Shorten(rules.Select(rule => rule.Name))}. Add '{root} ::= ...', or name another root.", 0);
        }

        foreach (var rule in rules)
        {
            compiler._current = rule;
            compiler.Define(compiler._ruleBlocks[rule.Name], rule.Body);
        }

        var (elements, blocks) = (compiler._elements.ToArray(), compiler._blocks.OfType<Block>().ToArray());
        var nullable = new GrammarAnalysis(elements, blocks, errorAt).Check();
        return new GrammarProgram(elements, blocks, rootBlock, nullable, compiler._bytes.Build());
    }

    private static string Shorten(IEnumerable<string> names)
    {
        var first = names.Take(11).ToList();
        return first.Count > 10 ? string.Join(", ", first.Take(10)) + ", ..." : string.Join(", ", first);
    }

    private int Reserve()
    {
        _blocks.Add(null);
        return _blocks.Count - 1;
    }

    private void Define(int block, GrammarExpression body)
    {
        body = Unwrap(body);
        IReadOnlyList<GrammarExpression> alternatives = body is GrammarExpression.Choice choice ? choice.Alternatives : [body];
        var starts = new int[alternatives.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            // a sequence is written whole before it is appended, since groups inside append theirs
            var sequence = new List<Element>();
            Write(alternatives[i], sequence);
            starts[i] = _elements.Count;
            _elements.AddRange(sequence);
            _elements.Add(new Element(ElementKind.End));
        }

        _blocks[block] = new Block(_current.Name, _current.Offset, starts);
    }

    private void Write(GrammarExpression expression, List<Element> sequence)
    {
        switch (expression)
        {
            case GrammarExpression.Characters characters:
                sequence.Add(new Element(ElementKind.Characters, State(characters.Set)));
                break;
            case GrammarExpression.Reference reference:
                sequence.Add(new Element(ElementKind.Call, Find(reference)));
                break;
            case GrammarExpression.Sequence parts:
                foreach (var part in parts.Parts)
                {
                    Write(part, sequence);
                }

                break;
            case GrammarExpression.Repeat { Min: 1, Max: 1 } once:
                Write(once.Body, sequence);
                break;
            case GrammarExpression.Repeat { Max: 0 }:
                break;
            case GrammarExpression.Repeat repeat:
                sequence.Add(new Element(ElementKind.Repeat, BlockOf(repeat.Body), repeat.Min, repeat.Max ?? -1));
                break;
            case GrammarExpression.Choice:
                sequence.Add(new Element(ElementKind.Call, BlockOf(expression)));
                break;
        }
    }

    private int BlockOf(GrammarExpression body)
    {
        if (Unwrap(body) is GrammarExpression.Reference reference)
        {
            return Find(reference);
        }

        var block = Reserve();
        Define(block, body);
        return block;
    }

    private int Find(GrammarExpression.Reference reference) => _ruleBlocks.TryGetValue(reference.Name, out var block)
        ? block
        : throw _errorAt($"There is no rule '{reference.Name}'. Add '{reference.Name} ::= ...', or quote it if it is text.", reference.Offset);

    private int State(CodePointSet set)
    {
        if (!_states.TryGetValue(set, out var state))
        {
            state = _bytes.Add(set);
            _states.Add(set, state);
        }

        return state;
    }

    private static GrammarExpression Unwrap(GrammarExpression expression)
    {
        while (expression is GrammarExpression.Sequence { Parts: [var only] })
        {
            expression = only;
        }

        return expression;
    }
}
