using System.Text;

namespace Rag.Agents.Python.Syntax;

/// <summary>Parses strings that stand next to one another, formatted ones among them.</summary>
internal sealed class FormattedTextParser(TokenReader reader)
{
    private readonly List<Piece> pieces = [];
    private readonly StringBuilder text = new();

    public Expression ParseStrings()
    {
        var line = reader.Line;
        var formatted = false;
        while (reader.Current.Kind is TokenKind.Text or TokenKind.FormattedText)
        {
            var token = reader.Take();
            if (token.Kind == TokenKind.Text)
            {
                text.Append(token.Text);
                continue;
            }

            formatted = true;
            Parse(token.Text, token.Line, token.IsRaw, reader.Depth, inSpecification: false);
        }

        Flush();
        return formatted ? new Expression.Formatted(line, pieces) : new Expression.Constant(line, pieces is [var only] ? only.Text! : "");
    }

    private void Flush()
    {
        if (text.Length > 0)
        {
            pieces.Add(new(text.ToString()));
            text.Clear();
        }
    }

    private void Parse(string content, int line, bool raw, int depth, bool inSpecification)
    {
        for (var at = 0; at < content.Length;)
        {
            var brace = content.AsSpan(at).IndexOfAny('{', '}');
            var end = brace < 0 ? content.Length : at + brace;
            var plain = content[at..end];
            text.Append(raw ? plain : EscapeText.Decode(plain, line));
            line += plain.Count(c => c == '\n');
            if (brace < 0)
            {
                return;
            }

            if (!inSpecification && end + 1 < content.Length && content[end + 1] == content[end])
            {
                text.Append(content[end]);
                at = end + 2;
                continue;
            }

            if (content[end] == '}')
            {
                throw new SyntaxFault(line, "f-string: single '}' is not allowed");
            }

            at = ParseField(content, end + 1, line, raw, depth);
        }
    }

    // the position after the closing brace
    private int ParseField(string content, int start, int line, bool raw, int depth)
    {
        var end = ExpressionEnd(content, start, line);
        var source = content[start..end];
        if (source.Contains('\\', StringComparison.Ordinal))
        {
            throw new SyntaxFault(line, "f-string expression part cannot include a backslash");
        }

        var at = end;
        if (content[at] == '=')
        {
            text.Append(source).Append('=');
            while (content[++at] == ' ')
            {
                text.Append(' ');
            }
        }

        var shown = content[end] == '=';
        Flush();
        var inner = new TokenReader(Lexer.ExpressionTokens(source, line), depth + 1);
        if (inner.Current.Kind == TokenKind.End)
        {
            throw new SyntaxFault(line, "f-string: empty expression not allowed");
        }

        inner.Enter();
        var expression = new ExpressionParser(inner).ParseTuple();
        if (inner.Current.Kind != TokenKind.End)
        {
            throw new SyntaxFault(line, $"f-string: invalid syntax at '{inner.Current.Text}'");
        }

        var conversion = '\0';
        if (content[at] == '!')
        {
            conversion = at + 1 < content.Length && content[at + 1] is 's' or 'r' or 'a' ? content[at + 1] : throw new SyntaxFault(line, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
            at += 2;
        }

        Expression? specification = null;
        if (at < content.Length && content[at] == ':')
        {
            var close = SpecificationEnd(content, at + 1, line);
            var parser = new FormattedTextParser(reader);
            parser.Parse(content[(at + 1)..close], line, raw, depth + 1, inSpecification: true);
            parser.Flush();
            specification = new Expression.Formatted(line, parser.pieces);
            at = close;
        }

        if (at >= content.Length || content[at] != '}')
        {
            throw new SyntaxFault(line, "f-string: expecting '}'");
        }

        pieces.Add(new(null, expression, shown && conversion == '\0' && specification is null ? 'r' : conversion, specification));
        return at + 1;
    }

    // the expression ends at '}', ':', '!' or '=' outside of its own brackets and strings
    private static int ExpressionEnd(string content, int start, int line)
    {
        var depth = 0;
        for (var i = start; i < content.Length; i++)
        {
            var (c, next) = (content[i], i + 1 < content.Length ? content[i + 1] : '\0');
            switch (c)
            {
                case '\'' or '"':
                    i = content.IndexOf(c, i + 1);
                    if (i < 0)
                    {
                        throw new SyntaxFault(line, "f-string: unterminated string");
                    }

                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case '}' or ':' when depth == 0:
                    return i;
                case '!' when depth == 0 && next != '=':
                    return i;
                case '=' when depth == 0 && next is '}' or '!' or ':' or ' ' && IsDebugMark(content, i):
                    return i;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case '!' or '=' or '<' or '>' when next == '=':
                    i++;
                    break;
            }
        }

        throw new SyntaxFault(line, "f-string: expecting '}'");
    }

    private static bool IsDebugMark(string content, int at)
    {
        while (at + 1 < content.Length && content[at + 1] == ' ')
        {
            at++;
        }

        return at + 1 < content.Length && content[at + 1] is '}' or '!' or ':';
    }

    private static int SpecificationEnd(string content, int start, int line)
    {
        var depth = 0;
        for (var i = start; i < content.Length; i++)
        {
            depth += content[i] == '{' ? 1 : content[i] == '}' ? -1 : 0;
            if (depth < 0)
            {
                return i;
            }
        }

        throw new SyntaxFault(line, "f-string: expecting '}'");
    }
}
