using System.Globalization;
using System.Text;

namespace Rag.Agents.Python.Syntax;

/// <summary>Backslashes in strings.</summary>
internal static class EscapeText
{
    public static string Decode(string text, int line)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var builder = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                builder.Append(text[i]);
                continue;
            }

            var c = text[++i];
            switch (c)
            {
                case '\n':
                    break;
                case 'n':
                    builder.Append('\n');
                    break;
                case 't':
                    builder.Append('\t');
                    break;
                case 'r':
                    builder.Append('\r');
                    break;
                case 'a' or 'b' or 'f' or 'v':
                    builder.Append(c switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', _ => '\v' });
                    break;
                case '\\' or '\'' or '"':
                    builder.Append(c);
                    break;
                case >= '0' and <= '7':
                    var end = i;
                    var code = 0;
                    while (end < text.Length && end < i + 3 && text[end] is >= '0' and <= '7')
                    {
                        code = (code * 8) + text[end++] - '0';
                    }

                    builder.Append((char)code);
                    i = end - 1;
                    break;
                case 'x' or 'u' or 'U':
                    var length = c switch { 'x' => 2, 'u' => 4, _ => 8 };
                    if (i + length >= text.Length || !int.TryParse(text.AsSpan(i + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code) || code > 0x10FFFF || code < 0)
                    {
                        throw new SyntaxFault(line, $"(unicode error) 'unicodeescape' codec can't decode: truncated or illegal \\{c} escape");
                    }

                    _ = code > 0xFFFF ? builder.Append(char.ConvertFromUtf32(code)) : builder.Append((char)code);
                    i += length;
                    break;
                case 'N':
                    throw new SyntaxFault(line, "characters by name (\\N{...}) are not supported: write the character itself");
                default:
                    builder.Append('\\').Append(c);
                    break;
            }
        }

        return builder.ToString();
    }
}
