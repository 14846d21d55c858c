using System.Globalization;
using System.Text;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>The method <c>format</c> of strings: <c>"{0} {name:.2f}".format(...)</c>.</summary>
internal sealed class BraceFormat(Run run, Arguments arguments)
{
    private const int MaxNesting = 2;

    private int automatic;

    public string Apply(string format, int depth = 0)
    {
        if (depth > MaxNesting)
        {
            throw Raise.ValueError("Max string recursion exceeded");
        }

        var builder = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var brace = format.AsSpan(at).IndexOfAny('{', '}');
            TextOf.Append(run, builder, brace < 0 ? format[at..] : format.Substring(at, brace));
            if (brace < 0)
            {
                break;
            }

            at += brace;
            if (at + 1 < format.Length && format[at + 1] == format[at])
            {
                builder.Append(format[at++]);
                continue;
            }

            if (format[at] == '}')
            {
                throw Raise.ValueError("Single '}' encountered in format string");
            }

            var end = Closing(format, at);
            TextOf.Append(run, builder, Field(format[(at + 1)..end], depth));
            at = end;
        }

        return builder.ToString();
    }

    private static int Closing(string format, int open)
    {
        var depth = 0;
        for (var i = open; i < format.Length; i++)
        {
            depth += format[i] == '{' ? 1 : format[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw Raise.ValueError(open + 1 == format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private string Field(string field, int depth)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var (name, specification) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
        var conversion = name.IndexOf('!', StringComparison.Ordinal);
        var kind = conversion < 0 ? "" : name[(conversion + 1)..];
        name = conversion < 0 ? name : name[..conversion];
        var value = Find(name);
        value = kind switch
        {
            "" when conversion < 0 => value,
            "r" or "a" => TextOf.Repr(run, value),
            "s" => TextOf.Str(run, value),
            _ => throw Raise.ValueError($"Unknown conversion specifier '{kind}'"),
        };
        return Formatting.Apply(run, value, specification.Contains('{', StringComparison.Ordinal) ? Apply(specification, depth + 1) : specification);
    }

    private Value Find(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        var value = first.Length == 0 ? Position(automatic++)
            : int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Position(number)
            : Named(first);
        for (var at = first.Length; at < name.Length;)
        {
            run.Step();
            if (name[at] == '.')
            {
                var next = name.AsSpan(at + 1).IndexOfAny('.', '[') is var n && n < 0 ? name.Length : at + 1 + n;
                value = Attributes.Get(run, value, name[(at + 1)..next]);
                at = next;
                continue;
            }

            var close = name.IndexOf(']', at);
            if (close < 0)
            {
                throw Raise.ValueError("Missing ']' in format string");
            }

            var key = name[(at + 1)..close];
            value = value.Object.GetItem(run, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Value.Int(index) : key);
            at = close + 1;
            if (at < name.Length && name[at] is not ('.' or '['))
            {
                throw Raise.ValueError("Only '.' or '[' may follow ']' in format field specifier");
            }
        }

        return value;
    }

    private Value Position(int position) => position < arguments.PositionalCount
        ? arguments[position]
        : throw Raise.IndexError(string.Create(CultureInfo.InvariantCulture, $"Replacement index {position} out of range for positional args tuple"));

    private Value Named(string name)
    {
        var at = Array.IndexOf(arguments.Names, name);
        return at >= 0 ? arguments[arguments.PositionalCount + at] : throw Raise.KeyError(name);
    }
}
