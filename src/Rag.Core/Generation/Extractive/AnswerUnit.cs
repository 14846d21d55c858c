namespace Rag.Generation.Extractive;

/// <summary>What a piece of a passage is, as far as its text tells.</summary>
internal enum UnitKind
{
    /// <summary>A whole sentence of running text.</summary>
    Sentence,

    /// <summary>A list item.</summary>
    Item,

    /// <summary>A row of a table, header and rule aside.</summary>
    Row,

    /// <summary>A block of code.</summary>
    Code,

    /// <summary>A heading, caption, table header or other piece that says nothing alone.</summary>
    Fragment,
}

/// <summary>A piece of a passage that may be quoted.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Span">Where it stands in the chunk's text.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words there.</param>
internal sealed record AnswerUnit(Passage Passage, TextSpan Span, UnitKind Kind, string Text)
{
    // A list item without a full stop, such as an entry of a table of contents, needs some length to say something.
    private const int MinItemWords = 8;

    /// <summary>Whether it says something by itself, so that it can be an answer.</summary>
    public bool States { get; } = Kind switch
    {
        UnitKind.Sentence or UnitKind.Row => true,
        UnitKind.Item => UnitReader.IsSentence(Text) || Text.Count(' ') >= MinItemWords,
        _ => false,
    };

    /// <summary>Whether it announces what follows, as "Run this command:" does.</summary>
    public bool Announces { get; } = Kind is UnitKind.Sentence or UnitKind.Item && Text.EndsWith(':');
}
