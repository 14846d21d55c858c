using System.Buffers;

namespace Rag.Agents.Python.Syntax;

/// <summary>Cuts a program into tokens, with its blocks as <see cref="TokenKind.Indent"/> and <see cref="TokenKind.Dedent"/>.</summary>
internal sealed class Lexer
{
    private const int MaxIndents = 100;

    private static readonly HashSet<string> Keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];

    // longest first
    private static readonly string[] Operators =
    [
        "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=",
        "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "@",
    ];

    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n");

    private readonly string source;
    private readonly List<Token> tokens = [];
    private readonly Stack<int> indents = new([0]);
    private readonly Stack<(char Bracket, int Line)> brackets = [];
    private int at;
    private int line;

    private Lexer(string source, int line) => (this.source, this.line) = (source, line);

    /// <summary>The tokens of a program.</summary>
    public static List<Token> Tokens(string source)
    {
        var lexer = new Lexer(source.StartsWith('\uFEFF') ? source[1..] : source, 1);
        lexer.Read();
        return lexer.tokens;
    }

    /// <summary>The tokens of an expression within a formatted string, in which line breaks mean nothing.</summary>
    public static List<Token> ExpressionTokens(string source, int line)
    {
        var lexer = new Lexer(source, line);
        lexer.brackets.Push(('f', line));
        while (lexer.SkipBlanks())
        {
            lexer.ReadToken();
        }

        if (lexer.brackets.Peek().Bracket != 'f')
        {
            throw new SyntaxFault(line, "f-string: expecting '}'");
        }

        lexer.Add(TokenKind.End, "");
        return lexer.tokens;
    }

    private char Current => at < source.Length ? source[at] : '\0';

    private void Read()
    {
        while (at < source.Length)
        {
            if (!ReadIndent())
            {
                continue;
            }

            while (SkipBlanks() && !IsLineEnd())
            {
                ReadToken();
            }

            if (at < source.Length)
            {
                Add(TokenKind.NewLine, "");
                SkipLineEnd();
            }
        }

        if (brackets.TryPeek(out var open))
        {
            throw new SyntaxFault(open.Line, $"'{open.Bracket}' was never closed");
        }

        Add(TokenKind.NewLine, "");
        for (; indents.Peek() > 0; indents.Pop())
        {
            Add(TokenKind.Dedent, "");
        }

        Add(TokenKind.End, "");
    }

    // false for a line without a statement, which is skipped
    private bool ReadIndent()
    {
        var column = 0;
        for (; Current is ' ' or '\t' or '\f'; at++)
        {
            column = Current == '\t' ? (column / 8 * 8) + 8 : Current == '\f' ? 0 : column + 1;
        }

        if (Current == '#')
        {
            SkipComment();
        }

        if (at >= source.Length)
        {
            return false;
        }

        if (IsLineEnd())
        {
            SkipLineEnd();
            return false;
        }

        if (column > indents.Peek())
        {
            if (indents.Count > MaxIndents)
            {
                throw new SyntaxFault(line, "too many levels of indentation", "IndentationError");
            }

            indents.Push(column);
            Add(TokenKind.Indent, "");
        }

        while (column < indents.Peek())
        {
            indents.Pop();
            Add(TokenKind.Dedent, "");
            if (column > indents.Peek())
            {
                throw new SyntaxFault(line, "unindent does not match any outer indentation level", "IndentationError");
            }
        }

        return true;
    }

    // false at the end of the source
    private bool SkipBlanks()
    {
        while (at < source.Length)
        {
            if (Current is ' ' or '\t' or '\f')
            {
                at++;
            }
            else if (Current == '#')
            {
                SkipComment();
            }
            else if (Current == '\\' && at + 1 < source.Length && source[at + 1] is '\r' or '\n')
            {
                at++;
                SkipLineEnd();
            }
            else if (brackets.Count > 0 && IsLineEnd())
            {
                SkipLineEnd();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadToken()
    {
        var c = Current;
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1])))
        {
            var end = NumberText.End(source, at);
            Add(TokenKind.Number, source[at..end]);
            at = end;
            return;
        }

        if (c == '_' || char.IsLetter(c))
        {
            var start = at;
            while (at < source.Length && (Current == '_' || char.IsLetterOrDigit(Current)))
            {
                at++;
            }

            var word = source[start..at];
            if (Current is '"' or '\'' && word.Length <= 2)
            {
                ReadText(word);
                return;
            }

            word = word.Normalize(System.Text.NormalizationForm.FormKC);
            Add(Keywords.Contains(word) ? TokenKind.Keyword : TokenKind.Name, word);
            return;
        }

        if (c is '"' or '\'')
        {
            ReadText("");
            return;
        }

        var rest = source.AsSpan(at);
        foreach (var symbol in Operators)
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                CountBracket(symbol[0]);
                Add(TokenKind.Operator, symbol);
                at += symbol.Length;
                return;
            }
        }

        throw new SyntaxFault(line, c == '\\' ? "unexpected character after line continuation character" : c == '!' || c == '?' || c == '$' || c == '`' ? "invalid syntax" : $"invalid character '{c}' (U+{(int)c:X4})");
    }

    private void ReadText(string prefix)
    {
        var kind = prefix.ToLowerInvariant();
        if (kind is "b" or "rb" or "br")
        {
            throw new SyntaxFault(line, "bytes are not supported: write the string without the b");
        }

        if (kind is not ("" or "r" or "u" or "f" or "rf" or "fr"))
        {
            throw new SyntaxFault(line, "invalid syntax");
        }

        var (start, quote) = (line, Current);
        var triple = at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote;
        at += triple ? 3 : 1;
        var from = at;
        for (; ; at++)
        {
            if (at >= source.Length || (!triple && IsLineEnd()))
            {
                throw new SyntaxFault(start, $"unterminated {(triple ? "triple-quoted " : "")}string literal (detected at line {line})");
            }

            if (Current == quote && (!triple || (at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote)))
            {
                break;
            }

            at += Current == '\\' && at + 1 < source.Length ? 1 : 0;
            line += Current == '\n' ? 1 : 0;
        }

        var content = source[from..at].ReplaceLineEndings("\n");
        at += triple ? 3 : 1;
        var raw = kind.Contains('r', StringComparison.Ordinal);
        var formatted = kind.Contains('f', StringComparison.Ordinal);
        tokens.Add(new(formatted ? TokenKind.FormattedText : TokenKind.Text, formatted || raw ? content : EscapeText.Decode(content, start), start, raw));
    }

    private void CountBracket(char symbol)
    {
        switch (symbol)
        {
            case '(' or '[' or '{':
                brackets.Push((symbol, line));
                break;
            case ')' or ']' or '}':
                if (!brackets.TryPop(out var open) || open.Bracket == 'f')
                {
                    throw new SyntaxFault(line, $"unmatched '{symbol}'");
                }

                if (open.Bracket != (symbol == ')' ? '(' : symbol == ']' ? '[' : '{'))
                {
                    throw new SyntaxFault(line, $"closing parenthesis '{symbol}' does not match opening parenthesis '{open.Bracket}'");
                }

                break;
        }
    }

    private bool IsLineEnd() => Current is '\r' or '\n' && at < source.Length;

    private void SkipLineEnd()
    {
        at += Current == '\r' && at + 1 < source.Length && source[at + 1] == '\n' ? 2 : 1;
        line++;
    }

    private void SkipComment()
    {
        var length = source.AsSpan(at).IndexOfAny(Breaks);
        at = length < 0 ? source.Length : at + length;
    }

    private void Add(TokenKind kind, string text) => tokens.Add(new(kind, text, line));
}
