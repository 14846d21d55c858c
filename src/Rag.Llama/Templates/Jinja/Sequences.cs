using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Lists, dicts and texts as rows of items. A text's items are its code points, as in Python, not its UTF-16 units.</summary>
internal static class Sequences
{
    /// <summary>What a <c>for</c> goes over: items, keys or characters.</summary>
    public static IReadOnlyList<Value> Items(Value value, RenderBudget budget)
    {
        switch (value)
        {
            case Value.Sequence sequence:
                return sequence.Items;
            case Value.Mapping mapping:
                budget.Elements(mapping.Entries.Count);
                return [.. mapping.Entries.Keys];
            case Value.Text text:
                budget.Elements(text.Content.Length);
                return [.. text.Content.EnumerateRunes().Select(r => new Value.Text(r.ToString()))];
            case Value.Undefined:
            case Value.None: // an error in Python; templates made for use with tools only go over 'tools' without asking whether there are any
                return [];
            default:
                throw new ChatTemplateException($"a {value.TypeName} has no items to go over; use a list, dict or text.");
        }
    }

    /// <summary>How many items there are.</summary>
    public static int Count(Value value) => value switch
    {
        Value.Sequence sequence => sequence.Items.Count,
        Value.Mapping mapping => mapping.Entries.Count,
        Value.Text text => CodePoints(text.Content),
        Value.Undefined => 0,
        _ => throw new ChatTemplateException($"a {value.TypeName} has no length; ask a list, dict or text."),
    };

    /// <summary>The pairs of a dict.</summary>
    public static Value Pairs(Value.Mapping mapping, RenderBudget budget)
    {
        budget.Elements(3L * mapping.Entries.Count);
        return new Value.Sequence([.. mapping.Entries.Select(e => new Value.Sequence([e.Key, e.Value], isTuple: true))]);
    }

    /// <summary><c>target[index]</c> of a list or text, from the end where negative; null outside.</summary>
    public static Value? ItemAt(Value target, long index)
    {
        var count = Count(target);
        var at = index < 0 ? index + count : index;
        return at < 0 || at >= count ? null
            : target is Value.Sequence sequence ? sequence.Items[(int)at]
            : new Value.Text(Part(((Value.Text)target).Content, (int)at, 1));
    }

    /// <summary><c>target[start:stop:step]</c></summary>
    public static Value Slice(Value target, long? start, long? stop, long? step, RenderBudget budget)
    {
        if (target is not (Value.Sequence or Value.Text))
        {
            throw new ChatTemplateException($"a {target.TypeName} cannot be sliced; slice a list or a text.{Operators.Why(target)}");
        }

        var by = step ?? 1;
        if (by == 0)
        {
            throw new ChatTemplateException("a slice has step 0; use another step.");
        }

        var count = Count(target);
        var (low, high) = by > 0 ? (0L, (long)count) : (-1L, count - 1L);
        var from = start is { } s ? Math.Clamp(s < 0 ? s + count : s, low, high) : by > 0 ? low : high;
        var to = stop is { } e ? Math.Clamp(e < 0 ? e + count : e, low, high) : by > 0 ? high : low;
        if (target is Value.Text text && by == 1)
        {
            return budget.Text(to <= from ? "" : Part(text.Content, (int)from, (int)(to - from)));
        }

        var items = Items(target, budget);
        List<Value> taken = [];
        for (var i = from; by > 0 ? i < to : i > to; i = by > count ? to : by < -count ? to : i + by)
        {
            taken.Add(items[(int)i]);
        }

        budget.Elements(taken.Count);
        return target is Value.Sequence sequence ? new Value.Sequence(taken, sequence.IsTuple) : budget.Text(string.Concat(taken.Select(t => ((Value.Text)t).Content)));
    }

    /// <summary>Sorted, equals in their order; the comparison may throw, which the sorts of the framework would wrap.</summary>
    public static List<Value> Sort(IReadOnlyList<Value> items, Func<Value, Value, int> compare)
    {
        if (items.Count < 2)
        {
            return [.. items];
        }

        var left = Sort([.. items.Take(items.Count / 2)], compare);
        var right = Sort([.. items.Skip(items.Count / 2)], compare);
        var merged = new List<Value>(items.Count);
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            merged.Add(j == right.Count || (i < left.Count && compare(left[i], right[j]) <= 0) ? left[i++] : right[j++]);
        }

        return merged;
    }

    private static int CodePoints(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text.Length : text.EnumerateRunes().Count();

    private static string Part(string text, int start, int count)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return text.Substring(start, count);
        }

        var part = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Skip(start).Take(count))
        {
            part.Append(rune.ToString());
        }

        return part.ToString();
    }
}
