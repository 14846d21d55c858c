namespace Rag.Llama.Templates.Jinja;

/// <summary>Filters over all items of a list, dict or text.</summary>
internal static class SequenceFilters
{
    /// <summary>By name.</summary>
    public static Dictionary<string, Func<Value, CallArguments, Runtime, Value>> All { get; } = new(StringComparer.Ordinal)
    {
        ["join"] = (v, a, r) => TextMethods.Join(Printing.ToText(a.At(0, "d") ?? new Value.Text(""), r.Budget), Keyed(Sequences.Items(v, r.Budget), a.At(1, "attribute"), r), r.Budget),
        ["first"] = (v, _, r) => Sequences.Items(v, r.Budget) is [var first, ..] ? first : new Value.Undefined("an empty list has no first item"),
        ["last"] = (v, _, r) => Sequences.Items(v, r.Budget) is [.., var last] ? last : new Value.Undefined("an empty list has no last item"),
        ["list"] = (v, _, r) => ContainerMethods.Listed(Sequences.Items(v, r.Budget), r.Budget),
        ["items"] = (v, _, r) => v switch
        {
            Value.Mapping mapping => Sequences.Pairs(mapping, r.Budget),
            Value.Undefined => new Value.Sequence([]),
            _ => throw new ChatTemplateException($"'items' was given a {v.TypeName}; give it a dict."),
        },
        ["reverse"] = (v, _, r) => v is Value.Text ? Sequences.Slice(v, null, null, -1, r.Budget) : ContainerMethods.Listed(Sequences.Items(v, r.Budget).Reverse(), r.Budget),
        ["sort"] = (v, a, r) => Sort(Sequences.Items(v, r.Budget), a.Flag(0, "reverse"), a.Flag(1, "case_sensitive"), a.At(2, "attribute"), r),
        ["dictsort"] = DictSort,
        ["unique"] = Unique,
        ["min"] = (v, a, r) => Extreme(v, a, r, -1),
        ["max"] = (v, a, r) => Extreme(v, a, r, 1),
        ["sum"] = (v, a, r) => Keyed(Sequences.Items(v, r.Budget), a.At(0, "attribute"), r).Aggregate(a.At(1, "start") ?? new Value.Integer(0), (sum, item) => Arithmetic.Apply("+", sum, item, r.Budget)),
    };

    private static IReadOnlyList<Value> Keyed(IReadOnlyList<Value> items, Value? attribute, Runtime runtime)
    {
        if (attribute is null or Value.None)
        {
            return items;
        }

        runtime.Budget.Elements(items.Count);
        return [.. items.Select(i => runtime.Path(i, attribute))];
    }

    private static Value Folded(Value value, bool caseSensitive, Runtime runtime) =>
        value is Value.Text text && !caseSensitive ? runtime.Budget.Text(text.Content.ToLowerInvariant()) : value;

    private static Value.Sequence Sort(IReadOnlyList<Value> items, bool reverse, bool caseSensitive, Value? attribute, Runtime runtime)
    {
        runtime.Budget.Elements(8L * items.Count);
        var direction = reverse ? -1 : 1;
        var pairs = items.Zip(Keyed(items, attribute, runtime), (item, key) => (Value)new Value.Sequence([Folded(key, caseSensitive, runtime), item])).ToList();
        return new Value.Sequence([.. Sequences.Sort(pairs, (a, b) => direction * Operators.Compare(Part(a, 0), Part(b, 0), runtime.Budget)).Select(p => Part(p, 1))]);
    }

    private static Value Part(Value pair, int index) => ((Value.Sequence)pair).Items[index];

    private static Value.Sequence DictSort(Value value, CallArguments arguments, Runtime runtime)
    {
        if (value is not Value.Mapping mapping)
        {
            throw new ChatTemplateException($"'dictsort' was given a {value.TypeName}; give it a dict.{Operators.Why(value)}");
        }

        var by = new Value.Integer(arguments.Text(1, "by") == "value" ? 1 : 0);
        return Sort(((Value.Sequence)Sequences.Pairs(mapping, runtime.Budget)).Items, arguments.Flag(2, "reverse"), arguments.Flag(0, "case_sensitive"), by, runtime);
    }

    private static Value.Sequence Unique(Value value, CallArguments arguments, Runtime runtime)
    {
        var items = Sequences.Items(value, runtime.Budget);
        var keys = Keyed(items, arguments.At(1, "attribute"), runtime);
        var seen = new HashSet<Value>(KeyComparer.Instance);
        return ContainerMethods.Listed(items.Where((_, i) => seen.Add(Folded(keys[i], arguments.Flag(0, "case_sensitive"), runtime))), runtime.Budget);
    }

    private static Value Extreme(Value value, CallArguments arguments, Runtime runtime, int direction)
    {
        var items = Sequences.Items(value, runtime.Budget);
        var sorted = Sort(items, direction > 0, arguments.Flag(0, "case_sensitive"), arguments.At(1, "attribute"), runtime).Items;
        return sorted.Count > 0 ? sorted[0] : new Value.Undefined("an empty list has no smallest and no largest item");
    }
}
