using System.Buffers;
using System.Text;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of strings that take them apart or put them together.</summary>
internal static class StringSplitting
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029");

    public static Value Split(Run run, Value self, Arguments arguments, bool fromEnd)
    {
        var bound = arguments.Bind(fromEnd ? "rsplit" : "split", 0, "sep", "maxsplit");
        var text = StringMethods.Text(self);
        var limit = bound.Index(1, -1);
        limit = limit < 0 ? long.MaxValue : limit;
        var parts = new PyList([]);
        run.Allocate(parts.Size);
        run.Step(text.Length / 16);
        if (!bound.Has(0) || bound[0].IsNone)
        {
            SplitBlanks(run, text, limit, fromEnd, parts);
        }
        else
        {
            var separator = bound[0].Ref is PyStr given ? given.Text : throw Raise.TypeError($"must be str or None, not {bound[0].Type.Name}");
            run.Step(Searching.Cost(text, separator));
            SplitAt(run, text, separator.Length > 0 ? separator : throw Raise.ValueError("empty separator"), limit, fromEnd, parts);
        }

        if (fromEnd)
        {
            parts.Items.Reverse();
        }

        return parts;
    }

    public static Value Lines(Run run, Value self, Arguments arguments)
    {
        var keep = arguments.Bind("splitlines", 0, "keepends").Flag(run, 0);
        var text = StringMethods.Text(self);
        var lines = new PyList([]);
        run.Allocate(lines.Size);
        run.Step(text.Length / 16);
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny(LineEnds) is var found && found < 0 ? text.Length - at : found;
            var end = at + length;
            var next = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            Add(run, lines, text[at..(keep ? Math.Min(next, text.Length) : end)]);
            at = next;
        }

        return lines;
    }

    public static Value Partition(Run run, Value self, Arguments arguments, bool last)
    {
        var (text, separator) = (StringMethods.Text(self), arguments.Exactly("partition", 1).Text(0));
        run.Step(Searching.Cost(text, separator));
        run.Fill(text.Length, 2);
        if (separator.Length == 0)
        {
            throw Raise.ValueError("empty separator");
        }

        var at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        return at >= 0 ? new PyTuple(text[..at], arguments[0], text[(at + separator.Length)..])
            : last ? new PyTuple("", "", self)
            : new PyTuple(self, "", "");
    }

    public static Value Join(Run run, Value self, Arguments arguments)
    {
        var separator = StringMethods.Text(self);
        var builder = new StringBuilder();
        var index = 0;
        foreach (var item in Iteration.Each(run, arguments.Exactly("join", 1)[0]))
        {
            var part = item.Ref is PyStr text ? text.Text : throw Raise.TypeError($"sequence item {index}: expected str instance, {item.Type.Name} found");
            TextOf.Append(run, builder, index++ == 0 ? "" : separator);
            TextOf.Append(run, builder, part);
        }

        return builder.ToString();
    }

    private static void SplitBlanks(Run run, string text, long limit, bool fromEnd, PyList parts)
    {
        var (start, end) = (0, text.Length);
        while (true)
        {
            // the side that is split loses its blanks, and in the end the other side too where nothing is left to split
            while (start < end && Characters.IsSpace(text[fromEnd ? end - 1 : start]))
            {
                (start, end) = fromEnd ? (start, end - 1) : (start + 1, end);
            }

            if (start == end)
            {
                return;
            }

            if (limit-- == 0)
            {
                Add(run, parts, text[start..end]);
                return;
            }

            var at = fromEnd ? end : start;
            while (fromEnd ? at > start && !Characters.IsSpace(text[at - 1]) : at < end && !Characters.IsSpace(text[at]))
            {
                at += fromEnd ? -1 : 1;
            }

            Add(run, parts, fromEnd ? text[at..end] : text[start..at]);
            (start, end) = fromEnd ? (start, at) : (at, end);
        }
    }

    private static void SplitAt(Run run, string text, string separator, long limit, bool fromEnd, PyList parts)
    {
        var (start, end) = (0, text.Length);
        for (; limit > 0; limit--)
        {
            var at = fromEnd ? text.AsSpan(0, end).LastIndexOf(separator) : text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            Add(run, parts, fromEnd ? text[(at + separator.Length)..end] : text[start..at]);
            (start, end) = fromEnd ? (start, at) : (at + separator.Length, end);
        }

        Add(run, parts, text[start..end]);
    }

    private static void Add(Run run, PyList parts, string part)
    {
        run.Step();
        run.Allocate(56 + (2L * part.Length));
        parts.Append(run, part);
    }
}
