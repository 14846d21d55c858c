using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of strings that look for others in them.</summary>
internal static class StringSearching
{
    /// <summary>The code point at which a part starts, or -1.</summary>
    public static long Find(Run run, Value self, Arguments arguments, string name, bool last)
    {
        arguments.Between(name, 1, 3);
        var text = (PyStr)self.Ref!;
        var part = arguments[0].Ref is PyStr found ? found.Text : throw Raise.TypeError($"must be str, not {arguments[0].Type.Name}");
        var (start, end) = Range(run, text, arguments);
        if (start > end)
        {
            return -1;
        }

        run.Step(Searching.Cost(text.Text, part));
        var span = text.Text.AsSpan(start, end - start);
        var at = last ? span.LastIndexOf(part) : span.IndexOf(part);
        return at < 0 ? -1 : text.CodePoint(run, start + at);
    }

    public static Value Index(Run run, Value self, Arguments arguments, string name, bool last) => Find(run, self, arguments, name, last) is var at && at >= 0
        ? Value.Int(at)
        : throw Raise.ValueError("substring not found");

    public static Value Count(Run run, Value self, Arguments arguments)
    {
        arguments.Between("count", 1, 3);
        var text = (PyStr)self.Ref!;
        var part = arguments[0].Ref is PyStr found ? found.Text : throw Raise.TypeError($"must be str, not {arguments[0].Type.Name}");
        var (start, end) = Range(run, text, arguments);
        if (start > end)
        {
            return Value.Int(0);
        }

        run.Step(Searching.Cost(text.Text, part));
        return Value.Int(part.Length == 0 ? text.CodePoint(run, end) - text.CodePoint(run, start) + 1 : text.Text.AsSpan(start, end - start).Count(part));
    }

    public static Value Affix(Run run, Value self, Arguments arguments, string name, Func<string, string, bool> test)
    {
        arguments.Between(name, 1, 3);
        var text = (PyStr)self.Ref!;
        var (start, end) = Range(run, text, arguments);
        if (start > end)
        {
            return Value.False;
        }

        var part = start == 0 && end == text.Text.Length ? text.Text : text.Text[start..end];
        var affixes = arguments[0].Ref is PyTuple tuple ? tuple.Items : [arguments[0]];
        foreach (var affix in affixes)
        {
            var wanted = affix.Ref is PyStr one ? one.Text : throw Raise.TypeError($"{name} first arg must be str or a tuple of str, not {affix.Type.Name}");
            run.Step(1 + (wanted.Length / 64));
            if (test(part, wanted))
            {
                return Value.True;
            }
        }

        return Value.False;
    }

    // positions in UTF-16 of the optional bounds, which are given in code points
    private static (int Start, int End) Range(Run run, PyStr text, Arguments arguments)
    {
        var count = text.Count;
        var (start, end) = (Bound(arguments.Index(1, 0), count), Bound(arguments.Index(2, count), count));
        return start > count ? (1, 0) : (text.Position(run, (int)start), text.Position(run, (int)Math.Min(end, count)));
    }

    private static long Bound(long bound, int count) => bound < 0 ? Math.Max(0, bound + count) : Math.Min(bound, count + 1L);
}
