using System.Globalization;
using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Python's two ways to put values into a text: <c>'%s' % value</c> and <c>'{}'.format(value)</c>, with the few conversions that chat templates use.</summary>
internal static class Formatting
{
    private const int MaxWidth = 1_000;

    /// <summary>Replaces <c>%s</c>, <c>%d</c>, <c>%i</c>, <c>%f</c> (width, leading zeros and precision allowed) and <c>%%</c>.</summary>
    public static Value Printf(string format, IReadOnlyList<Value> values, RenderBudget budget)
    {
        var target = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                target.Append(format[i]);
                continue;
            }

            var begin = ++i;
            while (i < format.Length && (char.IsAsciiDigit(format[i]) || format[i] == '.'))
            {
                i++;
            }

            var conversion = i < format.Length ? format[i] : ' ';
            if (conversion == '%')
            {
                target.Append('%');
                continue;
            }

            target.Append(Convert(format[begin..Math.Min(i, format.Length)], conversion, Next(values, next++, format), budget));
            budget.Characters(target.Length);
        }

        return budget.Text(target.ToString());
    }

    /// <summary>Replaces <c>{}</c>, <c>{0}</c> and <c>{name}</c>, with a specification such as <c>:.2f</c> or <c>:02d</c>.</summary>
    public static Value Braces(string format, CallArguments arguments, RenderBudget budget)
    {
        var target = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is '{' or '}' && i + 1 < format.Length && format[i + 1] == format[i])
            {
                target.Append(format[i++]);
            }
            else if (format[i] == '{')
            {
                var end = format.IndexOf('}', i);
                var field = end < 0 ? throw new ChatTemplateException("'format' was asked of a text with a '{' and no '}'; close it.") : format[(i + 1)..end];
                i = end;
                var colon = field.IndexOf(':', StringComparison.Ordinal);
                var name = colon < 0 ? field : field[..colon];
                var specification = colon < 0 || colon == field.Length - 1 ? "s" : field[(colon + 1)..];
                var value = name.Length == 0 ? Next(arguments.Positional, next++, format)
                    : int.TryParse(name, CultureInfo.InvariantCulture, out var index) ? Next(arguments.Positional, index, format)
                    : arguments.Named.GetValueOrDefault(name) ?? throw new ChatTemplateException($"'format' has no argument '{name}'; pass it.");
                target.Append(Convert(specification[..^1], specification[^1], value, budget));
                budget.Characters(target.Length);
            }
            else
            {
                target.Append(format[i]);
            }
        }

        return budget.Text(target.ToString());
    }

    private static Value Next(IReadOnlyList<Value> values, int index, string format) => index >= 0 && index < values.Count
        ? values[index]
        : throw new ChatTemplateException($"a format of {format.Length} characters asks for value {index + 1} and {values.Count} were passed; pass as many as it asks for.");

    private static string Convert(string specification, char conversion, Value value, RenderBudget budget)
    {
        var parts = specification.Split('.');
        var width = parts[0].Length == 0 ? 0 : int.TryParse(parts[0], CultureInfo.InvariantCulture, out var w) && w <= MaxWidth ? w : throw Unknown();
        var precision = parts.Length < 2 ? 6 : int.TryParse(parts[1], CultureInfo.InvariantCulture, out var p) && p <= 100 ? p : throw Unknown();
        var text = conversion switch
        {
            's' => Printing.ToText(value, budget),
            'd' or 'i' when Arithmetic.IsNumber(value) => Math.Truncate(Arithmetic.ToDouble(value)).ToString("F0", CultureInfo.InvariantCulture),
            'f' when Arithmetic.IsNumber(value) => Arithmetic.ToDouble(value).ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            _ => throw Unknown(),
        };
        return text.PadLeft(width, conversion != 's' && parts[0].StartsWith('0') ? '0' : ' ');

        ChatTemplateException Unknown() => new($"the conversion '{specification}{conversion}' of a {value.TypeName} is not known here; use s, or d or f for numbers.");
    }
}
