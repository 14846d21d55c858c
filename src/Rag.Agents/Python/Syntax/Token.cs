namespace Rag.Agents.Python.Syntax;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    Name,
    Keyword,
    Number,
    Text,
    FormattedText,
    Operator,
    NewLine,
    Indent,
    Dedent,
    End,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; the contents of a string without its quotes.</param>
/// <param name="Line">1-based.</param>
/// <param name="IsRaw">For a formatted string: backslashes stand for themselves.</param>
internal sealed record Token(TokenKind Kind, string Text, int Line, bool IsRaw = false);
