using System.Text;

namespace Rag.Ingest.Sources.Git;

/// <summary>Reads a set such as <c>[a-z]</c>, <c>[!0-9]</c> or <c>[[:alpha:]_]</c> as Git's wildmatch does.</summary>
internal static class ByteSet
{
    /// <summary>Which bytes are in the set; <see langword="null"/> where it is not closed or names an unknown class.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="at">Where the bracket opens; afterwards, where it closes.</param>
    public static bool[]? Read(ReadOnlySpan<byte> pattern, ref int at)
    {
        var (set, i) = (new bool[256], at + 1);
        var isNegated = i < pattern.Length && pattern[i] is (byte)'!' or (byte)'^';
        i += isNegated ? 1 : 0;
        var previous = -1;
        for (var isFirst = true; ; isFirst = false, i++)
        {
            if (i >= pattern.Length)
            {
                return null;
            }

            var b = pattern[i];
            if (b == ']' && !isFirst)
            {
                break;
            }

            if (b == '-' && previous >= 0 && i + 1 < pattern.Length && pattern[i + 1] != ']')
            {
                i++;
                if (pattern[i] == '\\' && ++i >= pattern.Length)
                {
                    return null;
                }

                for (var member = previous; member <= pattern[i]; member++)
                {
                    set[member] = true;
                }

                previous = -1;
            }
            else if (b == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':')
            {
                var close = pattern[(i + 2)..].IndexOf((byte)']');
                if (close < 0)
                {
                    return null;
                }

                if (close == 0 || pattern[i + 1 + close] != ':')
                {
                    set['['] = true; // it is no class but members
                    previous = '[';
                    continue;
                }

                if (ClassOf(Encoding.Latin1.GetString(pattern.Slice(i + 2, close - 1))) is not { } isMember)
                {
                    return null;
                }

                for (var member = 0; member < 128; member++)
                {
                    set[member] |= isMember((char)member);
                }

                i += 2 + close;
                previous = -1;
            }
            else
            {
                if (b == '\\' && ++i >= pattern.Length)
                {
                    return null;
                }

                set[pattern[i]] = true;
                previous = pattern[i];
            }
        }

        at = i;
        return isNegated ? Array.ConvertAll(set, member => !member) : set;
    }

    private static Func<char, bool>? ClassOf(string name) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit,
        "alpha" => char.IsAsciiLetter,
        "blank" => c => c is ' ' or '\t',
        "cntrl" => char.IsControl,
        "digit" => char.IsAsciiDigit,
        "graph" => c => c is > ' ' and < '\u007F',
        "lower" => char.IsAsciiLetterLower,
        "print" => c => c is >= ' ' and < '\u007F',
        "punct" => c => c is > ' ' and < '\u007F' && !char.IsAsciiLetterOrDigit(c),
        "space" => c => c is ' ' or (>= '\t' and <= '\r'),
        "upper" => char.IsAsciiLetterUpper,
        "xdigit" => char.IsAsciiHexDigit,
        _ => null,
    };
}
