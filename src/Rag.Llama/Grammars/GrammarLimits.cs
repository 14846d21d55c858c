namespace Rag.Llama.Grammars;

/// <summary>Bounds that keep a hostile grammar from taking the machine; far above what real grammars need.</summary>
internal static class GrammarLimits
{
    /// <summary>UTF-16 characters of a grammar's text. The compiled form is linear in it, since repetitions are counted and not unrolled.</summary>
    public const int TextLength = 1_000_000;

    /// <summary>Named rules.</summary>
    public const int Rules = 20_000;

    /// <summary>Groups inside groups; the parser and the compiler recurse this deep.</summary>
    public const int Nesting = 200;

    /// <summary>The largest m or n of {m,n}.</summary>
    public const int Repetition = 1_000_000;

    /// <summary>States of the byte automaton of all classes: one row of at most 256 numbers each.</summary>
    public const int ByteStates = 16_384;

    /// <summary>Frames of one stack. Deeper readings are dropped, so text cannot nest without end.</summary>
    public const int StackDepth = 2_048;

    /// <summary>Stacks kept side by side for one text.</summary>
    public const int Stacks = 10_000;

    /// <summary>Stacks and transitions remembered in one automaton; about 100 bytes each.</summary>
    public const int RememberedWeight = 1_000_000;

    /// <summary>Stack moves for one mask or one text: about a second.</summary>
    public const long Work = 10_000_000;

    /// <summary>Bytes of remembered masks for one grammar and vocabulary.</summary>
    public const int MaskBytes = 16 << 20;
}
