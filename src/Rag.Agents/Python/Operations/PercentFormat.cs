using System.Globalization;
using System.Text;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>The operator <c>%</c> of strings: <c>"%d of %s" % (1, "x")</c>.</summary>
internal static class PercentFormat
{
    public static string Apply(Run run, string format, Value arguments)
    {
        var (items, next) = (arguments.Ref is PyTuple tuple ? tuple.Items : [arguments], 0);
        var named = false;
        var builder = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var percent = format.IndexOf('%', at);
            TextOf.Append(run, builder, format[at..(percent < 0 ? format.Length : percent)]);
            if (percent < 0)
            {
                break;
            }

            at = percent + 1;
            Value? byName = null;
            if (at < format.Length && format[at] == '(')
            {
                var end = format.IndexOf(')', at);
                if (end < 0)
                {
                    throw Raise.ValueError("incomplete format key");
                }

                byName = arguments.Ref is PyDict dict ? dict.GetItem(run, format[(at + 1)..end]) : throw Raise.TypeError("format requires a mapping");
                named = true;
                at = end + 1;
            }

            var flags = Take(format, ref at, "#0- +");
            var width = Number(format, ref at, Next);
            var precision = -1;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Math.Max(0, Number(format, ref at, Next));
            }

            _ = Take(format, ref at, "hlL");
            if (at >= format.Length)
            {
                throw Raise.ValueError("incomplete format");
            }

            TextOf.Append(run, builder, format[at] == '%' ? "%" : One(run, format[at], flags, width, precision, byName ?? Next()));
        }

        return next < items.Length && !named && arguments.Ref is not PyDict ? throw Raise.TypeError("not all arguments converted during string formatting") : builder.ToString();

        Value Next() => next < items.Length ? items[next++] : throw Raise.TypeError("not enough arguments for format string");
    }

    private static string One(Run run, char code, string flags, int width, int precision, Value value)
    {
        var left = flags.Contains('-', StringComparison.Ordinal);
        var zero = flags.Contains('0', StringComparison.Ordinal) && !left;
        var sign = flags.Contains('+', StringComparison.Ordinal) ? '+' : flags.Contains(' ', StringComparison.Ordinal) ? ' ' : '\0';
        var specification = new FormatSpecification(zero ? "0" : " ", left ? '<' : zero ? '=' : '>', sign, flags.Contains('#', StringComparison.Ordinal), zero, width, '\0', precision, code);
        switch (code)
        {
            case 's' or 'r' or 'a':
                var text = new PyStr(code == 's' ? TextOf.Str(run, value) : TextOf.Repr(run, value));
                var cut = precision >= 0 && precision < text.Count ? text.Text[..text.Position(run, precision)] : text.Text;
                return (specification with { Fill = " ", Align = left ? '<' : '>' }).Pad(run, cut, '>');
            case 'd' or 'i' or 'u':
                var number = value.IsFloat ? Floats.ToInteger(value.Double) : Integers.Of(value) ?? throw Raise.TypeError($"%{code} format: a real number is required, not {value.Type.Name}");
                return Formatting.Integer(run, number, specification with { Type = 'd' }, precision);
            case 'x' or 'X' or 'o':
                var integer = Integers.Of(value) ?? throw Raise.TypeError($"%{code} format: an integer is required, not {value.Type.Name}");
                return Formatting.Integer(run, integer, specification, precision);
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                return Formatting.Float(run, Floats.IsNumber(value) || value.Ref is PyReal ? Floats.Of(value) : throw Raise.TypeError($"must be real number, not {value.Type.Name}"), specification);
            case 'c':
                return (specification with { Fill = " ", Align = left ? '<' : '>' }).Pad(run, value.Ref is PyStr { Count: 1 } single ? single.Text : Integers.Of(value) is { } point ? Formatting.Integer(run, point, specification with { Width = -1, Precision = -1 }) : throw Raise.TypeError("%c requires int or char"), '>');
            default:
                throw Raise.ValueError($"unsupported format character '{code}' (0x{(int)code:x})");
        }
    }

    private static string Take(string format, ref int at, string choices)
    {
        var start = at;
        while (at < format.Length && choices.Contains(format[at], StringComparison.Ordinal))
        {
            at++;
        }

        return format[start..at];
    }

    private static int Number(string format, ref int at, Func<Value> next)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            return (int)Math.Clamp(Integers.ToIndex(next()), -1, int.MaxValue);
        }

        var digits = Take(format, ref at, "0123456789");
        return digits.Length == 0 ? -1
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw Raise.ValueError("width too big");
    }
}
