using System.Globalization;
using System.Text;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Values as text: Python's <c>repr</c> and <c>str</c>.</summary>
internal static class TextOf
{
    public static string Repr(Run run, Value value)
    {
        if (value.Ref is Immediate)
        {
            return value.IsFloat ? Floats.Repr(value.Double)
                : value.IsInt ? value.Bits.ToString(CultureInfo.InvariantCulture)
                : value.IsBool ? value.Bits != 0 ? "True" : "False"
                : "None";
        }

        return value.Object.Repr(run);
    }

    public static string Str(Run run, Value value) => value.Ref is Immediate ? Repr(run, value) : value.Object.Str(run);

    /// <summary>The elements of a container between its brackets.</summary>
    public static string Sequence(Run run, PyObject container, string open, ReadOnlySpan<Value> items, string close)
    {
        if (run.Writing.Contains(container))
        {
            return $"{open}...{close.TrimStart(',')}";
        }

        run.Enter();
        run.Writing.Add(container);
        var builder = new StringBuilder(open);
        for (var i = 0; i < items.Length; i++)
        {
            Append(run, builder, i == 0 ? "" : ", ");
            Append(run, builder, Repr(run, items[i]));
        }

        run.Writing.RemoveAt(run.Writing.Count - 1);
        run.Leave();
        return builder.Append(close).ToString();
    }

    /// <summary>Writes a container; where it is being written already, the mark that stands for it.</summary>
    public static string Nested(Run run, PyObject container, string mark, Func<string> write)
    {
        if (run.Writing.Contains(container))
        {
            return mark;
        }

        run.Enter();
        run.Writing.Add(container);
        var text = write();
        run.Writing.RemoveAt(run.Writing.Count - 1);
        run.Leave();
        return text;
    }

    public static void Append(Run run, StringBuilder builder, string text)
    {
        run.Allocate(2L * text.Length);
        run.Step(1 + (text.Length / 16));
        builder.Append(text);
    }

    /// <summary>A string in quotes, as <c>repr</c> writes it.</summary>
    public static string Quoted(Run run, string text)
    {
        run.Fill(text.Length, 4);
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var builder = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var rune in Codes(text))
        {
            switch (rune)
            {
                case '\n':
                    builder.Append("\\n");
                    break;
                case '\r':
                    builder.Append("\\r");
                    break;
                case '\t':
                    builder.Append("\\t");
                    break;
                case '\\':
                    builder.Append("\\\\");
                    break;
                case var c when c == quote:
                    builder.Append('\\').Append(quote);
                    break;
                default:
                    AppendPrintable(builder, rune);
                    break;
            }
        }

        return builder.Append(quote).ToString();
    }

    /// <summary>Compares by code point.</summary>
    public static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        // a surrogate stands for a code point beyond all others
        return char.IsSurrogate(a[same]) == char.IsSurrogate(b[same]) ? a[same].CompareTo(b[same]) : char.IsSurrogate(a[same]) ? 1 : -1;
    }

    /// <summary>The code points; half a surrogate pair stands for itself.</summary>
    public static IEnumerable<int> Codes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                yield return char.ConvertToUtf32(text[i], text[++i]);
            }
            else
            {
                yield return text[i];
            }
        }
    }

    private static void AppendPrintable(StringBuilder builder, int code)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(code);
        var printable = code == ' ' || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
        _ = printable
            ? builder.Append(char.ConvertFromUtf32(code))
            : builder.Append(CultureInfo.InvariantCulture, $"{(code < 0x100 ? "\\x" : code < 0x10000 ? "\\u" : "\\U")}{code.ToString(code < 0x100 ? "x2" : code < 0x10000 ? "x4" : "x8", CultureInfo.InvariantCulture)}");
    }
}
