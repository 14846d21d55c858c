namespace Rag.Llama.Templates.Jinja;

/// <summary>Cuts a template into tokens and does its whitespace control, with <c>trim_blocks</c> and <c>lstrip_blocks</c> on as chat templates are rendered everywhere.</summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _line = 1;

    private Lexer(string source) => _source = source;

    /// <summary>The tokens of a template, closed by <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="ChatTemplateException">A tag, comment or string has no end, or a character belongs to no token.</exception>
    public static List<Token> Read(string template)
    {
        var text = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new Lexer(text.EndsWith('\n') ? text[..^1] : text);
        lexer.ReadTemplate();
        return lexer._tokens;
    }

    private void ReadTemplate()
    {
        var lineStarts = true;
        var stripLeft = false;
        while (_position < _source.Length)
        {
            var tag = NextTag();
            AddText(_source[_position..tag], stripLeft, tag, lineStarts);
            if (tag == _source.Length)
            {
                break;
            }

            AdvanceTo(tag);
            (stripLeft, lineStarts) = _source[tag + 1] switch
            {
                '#' => ReadComment(),
                '%' when IsRaw(tag) => ReadRaw(),
                '%' => ReadTag(TokenKind.BlockBegin, TokenKind.BlockEnd, "%}"),
                _ => ReadTag(TokenKind.OutputBegin, TokenKind.OutputEnd, "}}"),
            };
        }

        _tokens.Add(new Token(TokenKind.End, "", _line));
    }

    private int NextTag()
    {
        for (var at = _source.IndexOf('{', _position); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return _source.Length;
    }

    private void AddText(string text, bool stripLeft, int tag, bool lineStarts)
    {
        if (stripLeft)
        {
            text = text.TrimStart();
        }

        if (tag < _source.Length)
        {
            var mark = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
            if (mark == '-')
            {
                text = text.TrimEnd();
            }
            else if (mark != '+' && _source[tag + 1] != '{')
            {
                var start = text.LastIndexOf('\n') + 1;
                if ((start > 0 || (lineStarts && !stripLeft)) && text.AsSpan(start).IsWhiteSpace())
                {
                    text = text[..start];
                }
            }
        }

        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, text, _line));
        }
    }

    private (bool StripLeft, bool LineStarts) ReadComment()
    {
        var end = _source.IndexOf("#}", _position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new ChatTemplateException("a comment is opened with '{#' and never closed; close it with '#}'.", _line);
        }

        var strip = _source[end - 1] == '-' && end - 1 > _position + 1;
        AdvanceTo(end + 2);
        return (strip, !strip && TrimNewLine());
    }

    private bool IsRaw(int tag)
    {
        var name = _source.AsSpan(tag + 2).TrimStart("-+").TrimStart();
        return name.StartsWith("raw", StringComparison.Ordinal) && name[3..].TrimStart().TrimStart("-+").StartsWith("%}", StringComparison.Ordinal);
    }

    private (bool StripLeft, bool LineStarts) ReadRaw()
    {
        var begin = _source.IndexOf("%}", _position, StringComparison.Ordinal) + 2;
        for (var end = _source.IndexOf("{%", begin, StringComparison.Ordinal); end >= 0; end = _source.IndexOf("{%", end + 2, StringComparison.Ordinal))
        {
            var close = _source.IndexOf("%}", end, StringComparison.Ordinal);
            if (close > 0 && _source.AsSpan(end + 2, close - end - 2).Trim("-+ \t\n").SequenceEqual("endraw"))
            {
                var text = _source[begin..end];
                text = _source[begin - 3] == '-' ? text.TrimStart() : text.StartsWith('\n') ? text[1..] : text;
                _tokens.Add(new Token(TokenKind.Text, _source[end + 2] == '-' ? text.TrimEnd() : text, _line));
                AdvanceTo(close + 2);
                return (_source[close - 1] == '-', _source[close - 1] != '-' && TrimNewLine());
            }
        }

        throw new ChatTemplateException("'{% raw %}' is never closed; close it with '{% endraw %}'.", _line);
    }

    private (bool StripLeft, bool LineStarts) ReadTag(TokenKind begin, TokenKind end, string closer)
    {
        var opened = _line;
        _tokens.Add(new Token(begin, _source.Substring(_position, 2), _line));
        _position += 2;
        if (_position < _source.Length && _source[_position] is '-' or '+')
        {
            _position++;
        }

        var open = 0;
        while (true)
        {
            SkipSpace();
            if (_position >= _source.Length)
            {
                throw new ChatTemplateException($"a tag is opened and never closed; close it with '{closer}'.", opened);
            }

            if (open == 0 && Closes(closer, out var mark))
            {
                _tokens.Add(new Token(end, closer, _line));
                AdvanceTo(_position + closer.Length + (mark == ' ' ? 0 : 1));
                return (mark == '-', mark == ' ' && end == TokenKind.BlockEnd && TrimNewLine());
            }

            var token = TagLexer.Read(_source, _position, _line, out var length);
            _tokens.Add(token);
            open = Math.Max(0, open + Nesting(token));
            AdvanceTo(_position + length);
        }
    }

    private static int Nesting(Token token) => token.Kind != TokenKind.Operator ? 0 : token.Text switch
    {
        "(" or "[" or "{" => 1,
        ")" or "]" or "}" => -1,
        _ => 0,
    };

    private bool Closes(string closer, out char mark)
    {
        mark = _source[_position] is '-' or '+' ? _source[_position] : ' ';
        return string.CompareOrdinal(_source, _position + (mark == ' ' ? 0 : 1), closer, 0, closer.Length) == 0;
    }

    private bool TrimNewLine()
    {
        if (_position >= _source.Length || _source[_position] != '\n')
        {
            return false;
        }

        AdvanceTo(_position + 1);
        return true;
    }

    private void SkipSpace()
    {
        var end = _position;
        while (end < _source.Length && char.IsWhiteSpace(_source[end]))
        {
            end++;
        }

        AdvanceTo(end);
    }

    private void AdvanceTo(int end)
    {
        _line += _source.AsSpan(_position, end - _position).Count('\n');
        _position = end;
    }
}
