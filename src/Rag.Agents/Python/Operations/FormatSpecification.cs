using System.Globalization;

namespace Rag.Agents.Python.Operations;

/// <summary>What stands after the colon of a format: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpecification(string Fill, char Align, char Sign, bool Alternate, bool ZeroPadded, int Width, char Grouping, int Precision, char Type)
{
    /// <summary>Reads a specification. Missing parts are <c>'\0'</c>, a missing width or precision is -1.</summary>
    public static FormatSpecification Parse(string text, string typeName)
    {
        var at = 0;
        var (fill, align) = (" ", '\0');
        var first = text.Length > 1 && char.IsSurrogatePair(text, 0) ? 2 : 1;
        if (text.Length > first && text[first] is '<' or '>' or '=' or '^')
        {
            (fill, align, at) = (text[..first], text[first], first + 1);
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '=' or '^')
        {
            (align, at) = (text[0], 1);
        }

        var sign = Next("+- ");
        _ = Next("z");
        var alternate = Next("#") != '\0';
        var padded = align == '\0' && at < text.Length && text[at] == '0';
        if (padded)
        {
            (fill, align) = ("0", '=');
        }
        else if (at < text.Length && text[at] == '0' && fill == " " && align != '\0' && first == 1 && !(text.Length > 1 && text[1] == align))
        {
            fill = "0";
        }

        var width = Number();
        var grouping = Next(",_");
        if (grouping != '\0' && at < text.Length && text[at] is ',' or '_')
        {
            throw Raise.ValueError(text[at] == grouping ? $"Cannot specify '{grouping}' with '{grouping}'." : "Cannot specify both ',' and '_'.");
        }

        var precision = -1;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            precision = Number();
            if (precision < 0)
            {
                throw Raise.ValueError("Format specifier missing precision");
            }
        }

        if (text.Length - at > 1)
        {
            throw Raise.ValueError($"Invalid format specifier '{text}' for object of type '{typeName}'");
        }

        var type = at < text.Length ? text[at] : '\0';
        return grouping == '\0' || "\0deEfFgG%".Contains(type, StringComparison.Ordinal) || (grouping == '_' && "boxX".Contains(type, StringComparison.Ordinal))
            ? new(fill, align, sign, alternate, padded, width, grouping, precision, type)
            : throw Raise.ValueError($"Cannot specify '{grouping}' with '{type}'.");

        char Next(string choices) => at < text.Length && choices.Contains(text[at], StringComparison.Ordinal) ? text[at++] : '\0';

        int Number()
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            return start == at ? -1
                : int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw Raise.ValueError("Too many decimal digits in format string");
        }
    }

    /// <summary>Pads a text to the width; <paramref name="signLength"/> characters at its start stay before a padding by <c>=</c>.</summary>
    public string Pad(Run run, string text, char defaultAlign, int signLength = 0)
    {
        var length = text.Length - text.Count(char.IsLowSurrogate);
        if (Width <= length)
        {
            return text;
        }

        var missing = Width - length;
        run.Fill((long)missing * Fill.Length, 2);
        return (Align == '\0' ? defaultAlign : Align) switch
        {
            '<' => text + Filling(missing),
            '>' => Filling(missing) + text,
            '^' => Filling(missing / 2) + text + Filling(missing - (missing / 2)),
            _ => text[..signLength] + Filling(missing) + text[signLength..],
        };
    }

    private string Filling(int count) => Fill.Length == 1 ? new string(Fill[0], count) : string.Concat(Enumerable.Repeat(Fill, count));
}
