using System.Globalization;
using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Values as Python's <c>str()</c> and <c>repr()</c> write them.</summary>
internal static class Printing
{
    /// <summary>What <c>{{ value }}</c> writes.</summary>
    public static string ToText(Value value, RenderBudget budget)
    {
        if (value is Value.Text text)
        {
            return text.Content;
        }

        var target = new StringBuilder();
        Write(value, target, budget);
        budget.Characters(target.Length);
        return target.ToString();
    }

    /// <summary>A number, a truth value as a word.</summary>
    public static string OfNumber(Value value) => value switch
    {
        Value.Integer integer => integer.Content.ToString(CultureInfo.InvariantCulture),
        Value.Real real => OfDouble(real.Content),
        _ => value.IsTrue ? "True" : "False",
    };

    /// <summary>The shortest digits that give the same double, with Python's bounds for the exponent form.</summary>
    public static string OfDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = new string([.. shortest.Split('E')[0].Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        var sign = double.IsNegative(value) ? "-" : "";
        if (digits.Length == 0)
        {
            return sign + "0.0";
        }

        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return exponent < 0
            ? sign + "0." + new string('0', -exponent - 1) + digits
            : digits.Length <= exponent + 1
                ? sign + digits.PadRight(exponent + 1, '0') + ".0"
                : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    private static void Write(Value value, StringBuilder target, RenderBudget budget)
    {
        budget.Step();
        switch (value)
        {
            case Value.Undefined:
                break;
            case Value.None:
                target.Append("None");
                break;
            case Value.Text text:
                target.Append(text.Content);
                break;
            case Value.Sequence sequence:
                WriteItems(sequence, target, budget);
                break;
            case Value.Mapping mapping:
                WriteEntries(mapping, target, budget);
                break;
            case Value.Namespace or Value.Loop or Value.Function:
                target.Append('<').Append(value.TypeName).Append('>');
                break;
            default:
                target.Append(OfNumber(value));
                break;
        }
    }

    private static void WriteItems(Value.Sequence sequence, StringBuilder target, RenderBudget budget)
    {
        budget.Enter();
        target.Append(sequence.IsTuple ? '(' : '[');
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            target.Append(i == 0 ? "" : ", ");
            WriteQuoted(sequence.Items[i], target, budget);
        }

        target.Append(sequence.IsTuple ? sequence.Items.Count == 1 ? ",)" : ")" : "]");
        budget.Leave();
    }

    private static void WriteEntries(Value.Mapping mapping, StringBuilder target, RenderBudget budget)
    {
        budget.Enter();
        target.Append('{');
        var separator = "";
        foreach (var (key, item) in mapping.Entries)
        {
            target.Append(separator);
            WriteQuoted(key, target, budget);
            target.Append(": ");
            WriteQuoted(item, target, budget);
            separator = ", ";
        }

        target.Append('}');
        budget.Leave();
    }

    private static void WriteQuoted(Value value, StringBuilder target, RenderBudget budget)
    {
        if (target.Length > Limits.TextLength)
        {
            budget.Characters(target.Length);
        }

        if (value is not Value.Text text)
        {
            Write(value is Value.Undefined ? new Value.Text("Undefined") : value, target, budget);
            return;
        }

        budget.Step();
        var quote = text.Content.Contains('\'') && !text.Content.Contains('"') ? '"' : '\'';
        target.Append(quote);
        foreach (var character in text.Content)
        {
            _ = character switch
            {
                '\\' => target.Append(@"\\"),
                '\n' => target.Append(@"\n"),
                '\r' => target.Append(@"\r"),
                '\t' => target.Append(@"\t"),
                _ when character == quote => target.Append('\\').Append(quote),
                < ' ' or (>= '\x7f' and <= '\xa0') or '\xad' => target.Append(CultureInfo.InvariantCulture, $@"\x{(int)character:x2}"),
                _ => target.Append(character),
            };
        }

        target.Append(quote);
    }
}
