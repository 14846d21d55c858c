namespace Rag.Llama.Grammars;

/// <summary>What a place of a compiled grammar asks for.</summary>
internal enum ElementKind
{
    /// <summary>Nothing more in this sequence.</summary>
    End,

    /// <summary>One character; the target is a state of the byte automaton.</summary>
    Characters,

    /// <summary>One alternative of a block; the target is its number.</summary>
    Call,

    /// <summary>A block some number of times.</summary>
    Repeat,
}

/// <summary>One place of a sequence; <paramref name="Max"/> below 0 is no upper bound.</summary>
internal readonly record struct Element(ElementKind Kind, int Target = 0, int Min = 0, int Max = 0);
