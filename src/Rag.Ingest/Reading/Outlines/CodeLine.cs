namespace Rag.Ingest.Reading.Outlines;

/// <summary>What a line is for the outline of its file.</summary>
internal enum CodeLineKind
{
    /// <summary>White space.</summary>
    Blank,

    /// <summary>Goes with the line before it: it begins inside a string or comment, closes a bracket, continues a statement.</summary>
    Tail,

    /// <summary>Goes with the line behind it: a comment, an attribute, a decorator.</summary>
    Head,

    /// <summary>May begin something.</summary>
    Start,
}

/// <summary>A line of source code.</summary>
/// <param name="Offset">Where it begins in the text.</param>
/// <param name="First">Where its first character that is not white space stands.</param>
/// <param name="End">Where its line break stands.</param>
/// <param name="Indent">Columns before its first character, a tab counting four.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct CodeLine(int Offset, int First, int End, int Indent, CodeLineKind Kind);
