using System.Globalization;
using System.Text;

namespace Rag.Llama.Grammars;

/// <summary>Reads a grammar's text character by character and knows where it is.</summary>
internal sealed class GbnfScanner(string text)
{
    public int Offset { get; private set; }

    public bool AtEnd => Offset >= text.Length;

    public char Current => AtEnd ? '\0' : text[Offset];

    public static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '-';

    public bool StartsWith(string expected) => string.CompareOrdinal(text, Offset, expected, 0, expected.Length) == 0;

    public bool TryTake(char expected)
    {
        if (AtEnd || Current != expected)
        {
            return false;
        }

        Offset++;
        return true;
    }

    public void Skip(int count) => Offset += count;

    /// <summary>Skips blanks and comments, and line ends where a rule may go on after them.</summary>
    public void SkipSpace(bool overLines)
    {
        while (!AtEnd)
        {
            if (Current == '#')
            {
                while (!AtEnd && Current is not ('\n' or '\r'))
                {
                    Offset++;
                }
            }
            else if (Current is ' ' or '\t' || (overLines && Current is '\n' or '\r'))
            {
                Offset++;
            }
            else
            {
                return;
            }
        }
    }

    public string TakeName()
    {
        var start = Offset;
        while (!AtEnd && IsNameCharacter(Current))
        {
            Offset++;
        }

        return text[start..Offset];
    }

    public int TakeNumber()
    {
        var start = Offset;
        while (!AtEnd && char.IsAsciiDigit(Current))
        {
            Offset++;
        }

        var digits = text[start..Offset];
        if (digits.Length == 0)
        {
            throw Error($"A number was expected, not {Found()}. Write repetitions as {{m}}, {{m,}} or {{m,n}}.", start);
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= GrammarLimits.Repetition
            ? number
            : throw Error($"The repetition bound {digits} is over {GrammarLimits.Repetition}. Use a smaller bound, or {{m,}} for no upper one.", start);
    }

    /// <summary>One character of a literal or a class: itself, or an escape.</summary>
    public int TakeCodePoint()
    {
        if (Current == '\\')
        {
            return TakeEscape();
        }

        if (!Rune.TryGetRuneAt(text, Offset, out var rune))
        {
            throw Error("Half of a surrogate pair stands alone. Write the whole character, or an escape such as \\U0001F600.");
        }

        Offset += rune.Utf16SequenceLength;
        return rune.Value;
    }

    public GrammarException Error(string message, int? at = null)
    {
        var before = text.AsSpan(0, Math.Min(at ?? Offset, text.Length));
        return new GrammarException(message, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>What stands here, for messages.</summary>
    public string Found() => AtEnd ? "the end of the text" : Current is '\n' or '\r' ? "the end of the line" : $"'{Current}'";

    private int TakeEscape()
    {
        var start = Offset;
        Offset++;
        var letter = Current;
        var known = !AtEnd;
        Offset++;
        return letter switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '"' or '[' or ']' or '-' => letter,
            'x' => TakeHex(2, start),
            'u' => TakeHex(4, start),
            'U' => TakeHex(8, start),
            _ when known => throw Error($"'\\{letter}' is not an escape. Use \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\xNN \\uNNNN or \\UNNNNNNNN.", start),
            _ => throw Error("The text ends inside an escape. Finish it.", start),
        };
    }

    private int TakeHex(int digits, int start)
    {
        var hex = text.AsSpan(Offset, Math.Min(digits, text.Length - Offset));
        if (hex.Length < digits || !uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Error($"The escape needs {digits} hexadecimal digits, not '{hex}'. Fill it with zeros at the left.", start);
        }

        if (value > CodePointSet.Last || value is >= 0xD800 and <= 0xDFFF)
        {
            throw Error($"U+{value:X4} is not a character that UTF-8 can hold. Use one of 0 to D7FF or E000 to 10FFFF.", start);
        }

        Offset += digits;
        return (int)value;
    }
}
