namespace Rag.Llama.Grammars;

/// <summary>The right side of a rule, as written.</summary>
internal abstract record GrammarExpression
{
    private GrammarExpression()
    {
    }

    /// <summary>One character of a set.</summary>
    public sealed record Characters(CodePointSet Set) : GrammarExpression;

    /// <summary>Another rule, named at a place of the text.</summary>
    public sealed record Reference(string Name, int Offset) : GrammarExpression;

    /// <summary>One after the other; none is the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<GrammarExpression> Parts) : GrammarExpression;

    /// <summary>Any one of them.</summary>
    public sealed record Choice(IReadOnlyList<GrammarExpression> Alternatives) : GrammarExpression;

    /// <summary>From <paramref name="Min"/> to <paramref name="Max"/> times; null is no upper bound.</summary>
    public sealed record Repeat(GrammarExpression Body, int Min, int? Max) : GrammarExpression;
}

/// <summary>A rule and where its name stands in the text.</summary>
internal sealed record GrammarRule(string Name, int Offset, GrammarExpression Body);
