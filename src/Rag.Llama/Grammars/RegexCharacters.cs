using System.Globalization;
using System.Text;

namespace Rag.Llama.Grammars;

/// <summary>Reads the part of a regular expression that stands for one character.</summary>
internal static class RegexCharacters
{
    private static readonly CodePointSet Digits = CodePointSet.Of([('0', '9')]);
    private static readonly CodePointSet Words = CodePointSet.Of([('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')]);
    private static readonly CodePointSet Blanks = CodePointSet.Of([('\t', '\r'), (' ', ' ')]);

    // not what some engine calls white space, so that \S is right with each of them
    private static readonly CodePointSet NonBlanks = CodePointSet.Of([
        ('\t', '\r'), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200B), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)]).Negate();

    private static readonly CodePointSet LineEnds = CodePointSet.Of([('\n', '\n'), ('\r', '\r'), (0x85, 0x85), (0x2028, 0x2029)]);

    /// <param name="pattern">The regular expression.</param>
    /// <param name="at">Where the part starts; moved past it.</param>
    /// <param name="error">Makes an error of a message.</param>
    public static CodePointSet Take(string pattern, ref int at, Func<string, GrammarException> error)
    {
        switch (pattern[at])
        {
            case '.':
                at++;
                return LineEnds.Negate();
            case '[':
                return TakeClass(pattern, ref at, error);
            case '\\':
                return TakeEscape(pattern, ref at, inClass: false, error);
            case '^' or '$' or '*' or '+' or '?' or '{' or '}' or ']':
                throw error($"The pattern '{pattern}' has '{pattern[at]}' at character {at}, where it is not supported. Put anchors only at the ends, and escape what is meant as text.");
            default:
                return CodePointSet.Of(TakePlain(pattern, ref at, error));
        }
    }

    private static CodePointSet TakeClass(string pattern, ref int at, Func<string, GrammarException> error)
    {
        var start = at++;
        var negated = at < pattern.Length && pattern[at] == '^';
        at += negated ? 1 : 0;
        var ranges = new List<(int Low, int High)>();
        var blanks = (Some: false, None: false);
        while (at < pattern.Length && pattern[at] != ']')
        {
            var first = TakeMember(pattern, ref at, error);
            var isRange = at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']';
            if (!isRange)
            {
                blanks = (blanks.Some || ReferenceEquals(first, Blanks), blanks.None || ReferenceEquals(first, NonBlanks));
                ranges.AddRange(first.Ranges);
                continue;
            }

            at++;
            var last = TakeMember(pattern, ref at, error);
            ranges.Add(first.Ranges is [var low] && last.Ranges is [var high] && low.Low == low.High && high.Low == high.High && low.Low <= high.Low
                ? (low.Low, high.High)
                : throw error($"The pattern '{pattern}' has a range before character {at} that is not from a character to a later one. Correct it, or escape the '-'."));
        }

        if (at >= pattern.Length)
        {
            throw error($"The class at character {start} of the pattern '{pattern}' is not closed. Add the ']'.");
        }

        at++;
        var written = blanks is (true, true) ? CodePointSet.All : CodePointSet.Of(ranges);
        var set = negated ? written.Negate() : written;
        return !set.IsEmpty ? set : throw error($"The class at character {start} of the pattern '{pattern}' holds no character. Name one.");
    }

    private static CodePointSet TakeMember(string pattern, ref int at, Func<string, GrammarException> error)
    {
        if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':')
        {
            throw error($"The pattern '{pattern}' has a POSIX class at character {at}. Write its characters.");
        }

        return pattern[at] == '\\' ? TakeEscape(pattern, ref at, inClass: true, error) : CodePointSet.Of(TakePlain(pattern, ref at, error));
    }

    private static CodePointSet TakeEscape(string pattern, ref int at, bool inClass, Func<string, GrammarException> error)
    {
        var start = at;
        var letter = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        at += 2;
        switch (letter)
        {
            case 'd': return Digits;
            case 'D': return Digits.Negate();
            case 'w': return Words;
            case 'W': return Words.Negate();
            case 's': return Blanks;
            case 'S': return NonBlanks;
            case 't': return CodePointSet.Of('\t');
            case 'n': return CodePointSet.Of('\n');
            case 'r': return CodePointSet.Of('\r');
            case 'f': return CodePointSet.Of('\f');
            case 'v': return CodePointSet.Of('\v');
            case 'b' when inClass: return CodePointSet.Of('\b');
            case 'x': return TakeHex(pattern, ref at, 2, error);
            case 'u': return TakeHex(pattern, ref at, 4, error);
            case not '\0' when char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter): return CodePointSet.Of(letter);
            default: throw error($"The pattern '{pattern}' has an escape at character {start} that is not supported. Use \\d \\D \\w \\W \\s \\S \\t \\n \\r \\f \\v \\xNN \\uNNNN, or an escaped sign.");
        }
    }

    private static CodePointSet TakeHex(string pattern, ref int at, int digits, Func<string, GrammarException> error)
    {
        var hex = pattern.AsSpan(at, Math.Min(digits, pattern.Length - at));
        var set = hex.Length == digits && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? CodePointSet.Of(value)
            : CodePointSet.Of([]);
        at += digits;
        return !set.IsEmpty ? set : throw error($"The pattern '{pattern}' has an escape before character {at} that is not {digits} hexadecimal digits of a character. Write the character itself.");
    }

    private static int TakePlain(string pattern, ref int at, Func<string, GrammarException> error)
    {
        if (!Rune.TryGetRuneAt(pattern, at, out var rune))
        {
            throw error($"The pattern has half of a surrogate pair at character {at}. Write the whole character.");
        }

        at += rune.Utf16SequenceLength;
        return rune.Value;
    }
}
