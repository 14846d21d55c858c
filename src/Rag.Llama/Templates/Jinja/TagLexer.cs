using System.Globalization;
using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Reads one token inside a tag.</summary>
internal static class TagLexer
{
    private static readonly string[] Operators =
        ["**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ",", ":", "|", "(", ")", "[", "]", "{", "}", ";"];

    /// <summary>The token at <paramref name="position"/>, which holds no white space, and how many characters it takes.</summary>
    public static Token Read(string source, int position, int line, out int length)
    {
        var first = source[position];
        if (first is '"' or '\'')
        {
            return ReadString(source, position, line, out length);
        }

        if (char.IsAsciiDigit(first))
        {
            return ReadNumber(source, position, line, out length);
        }

        if (char.IsLetter(first) || first == '_')
        {
            var end = position;
            while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '_'))
            {
                end++;
            }

            length = end - position;
            return new Token(TokenKind.Name, source.Substring(position, length), line);
        }

        foreach (var text in Operators)
        {
            if (string.CompareOrdinal(source, position, text, 0, text.Length) == 0)
            {
                length = text.Length;
                return new Token(TokenKind.Operator, text, line);
            }
        }

        throw new ChatTemplateException($"the character '{first}' cannot stand in a tag; remove it or put it into quotes.", line);
    }

    private static Token ReadNumber(string source, int position, int line, out int length)
    {
        var end = Digits(source, position);
        var real = false;
        if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
        {
            real = true;
            end = Digits(source, end + 1);
        }

        if (end < source.Length && source[end] is 'e' or 'E')
        {
            var exponent = end + 1 < source.Length && source[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (exponent < source.Length && char.IsAsciiDigit(source[exponent]))
            {
                real = true;
                end = Digits(source, exponent);
            }
        }

        length = end - position;
        var text = source.Substring(position, length).Replace("_", "", StringComparison.Ordinal);
        return new Token(real ? TokenKind.Real : TokenKind.Integer, text, line);
    }

    private static int Digits(string source, int position)
    {
        while (position < source.Length && (char.IsAsciiDigit(source[position]) || source[position] == '_'))
        {
            position++;
        }

        return position;
    }

    private static Token ReadString(string source, int position, int line, out int length)
    {
        var quote = source[position];
        var text = new StringBuilder();
        for (var i = position + 1; i < source.Length; i++)
        {
            if (source[i] == quote)
            {
                length = i + 1 - position;
                return new Token(TokenKind.String, text.ToString(), line);
            }

            if (source[i] == '\\' && i + 1 < source.Length)
            {
                i = ReadEscape(source, i + 1, text);
            }
            else
            {
                text.Append(source[i]);
            }
        }

        throw new ChatTemplateException($"a string is opened with {quote} and never closed; close it with {quote}.", line);
    }

    private static int ReadEscape(string source, int at, StringBuilder text)
    {
        var simple = source[at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", 'b' => "\b", 'f' => "\f", 'v' => "\v", 'a' => "\a", '\\' => "\\", '\'' => "'", '"' => "\"", '\n' => "", _ => null };
        if (simple is not null)
        {
            text.Append(simple);
            return at;
        }

        var digits = source[at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits < source.Length && uint.TryParse(source.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= 0x10FFFF)
        {
            _ = code < 0x10000 ? text.Append((char)code) : text.Append(char.ConvertFromUtf32((int)code));
            return at + digits;
        }

        text.Append('\\').Append(source[at]);
        return at;
    }
}
