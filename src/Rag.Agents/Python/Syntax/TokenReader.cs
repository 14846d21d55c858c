using System.Runtime.CompilerServices;

namespace Rag.Agents.Python.Syntax;

/// <summary>Reads through tokens, and counts how deep the parser stands in them.</summary>
internal sealed class TokenReader(List<Token> tokens, int depth = 0)
{
    /// <summary>Most brackets, operators and blocks within one another.</summary>
    public const int MaxDepth = 64;

    private int at;

    public int Depth { get; private set; } = depth;

    public Token Current => tokens[at];

    public Token Following => tokens[Math.Min(at + 1, tokens.Count - 1)];

    public int Line => Current.Line;

    public Token Take() => tokens[at < tokens.Count - 1 ? at++ : at];

    public bool Is(string text) => Current.Kind is TokenKind.Operator or TokenKind.Keyword && Current.Text == text;

    public bool TryTake(string text)
    {
        if (!Is(text))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string text)
    {
        if (!TryTake(text))
        {
            throw new SyntaxFault(Line, text == ":" ? "expected ':'" : $"invalid syntax: expected '{text}'{Found()}");
        }
    }

    public string Name() => Current.Kind == TokenKind.Name ? Take().Text : throw new SyntaxFault(Line, $"invalid syntax: expected a name{Found()}");

    public SyntaxFault Unexpected() => new(Line, $"invalid syntax{Found()}");

    public void Enter(int levels = 1)
    {
        if ((Depth += levels) > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new SyntaxFault(Line, $"more than {MaxDepth} brackets, operators or blocks within one another");
        }
    }

    public void Leave(int levels = 1) => Depth -= levels;

    private string Found() => Current.Kind switch
    {
        TokenKind.End => " at the end of the program",
        TokenKind.NewLine => " at the end of the line",
        TokenKind.Indent => ": unexpected indent",
        TokenKind.Dedent => " at the end of the block",
        TokenKind.Text or TokenKind.FormattedText => " at a string",
        _ => $" at '{Current.Text}'",
    };
}
