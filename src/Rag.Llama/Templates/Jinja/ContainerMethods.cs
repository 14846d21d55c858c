namespace Rag.Llama.Templates.Jinja;

/// <summary>The methods of dicts and lists.</summary>
internal static class ContainerMethods
{
    /// <summary>The method, bound to <paramref name="mapping"/>; null where dicts have no such method.</summary>
    public static Value? Find(Value.Mapping mapping, string name, RenderBudget budget)
    {
        Func<CallArguments, Value>? body = name switch
        {
            "get" => a => Get(mapping, a.Need(0, "key"), a.At(1, "default")),
            "items" => _ => Sequences.Pairs(mapping, budget),
            "keys" => _ => Listed(mapping.Entries.Keys, budget),
            "values" => _ => Listed(mapping.Entries.Values, budget),
            "copy" => _ => Copy(mapping, budget),
            "update" => a => Update(mapping, a, budget),
            "pop" => a => Pop(mapping, a.Need(0, "key"), a.At(1, "default")),
            "setdefault" => a => SetDefault(mapping, a.Need(0, "key"), a.At(1, "default") ?? Value.Nothing, budget),
            _ => null,
        };
        return body is null ? null : new Value.Function(body);
    }

    /// <summary>The method, bound to <paramref name="list"/>; null where lists have no such method.</summary>
    public static Value? Find(Value.Sequence list, string name, RenderBudget budget)
    {
        Func<CallArguments, Value>? body = name switch
        {
            "index" => a => new Value.Integer(IndexOf(list, a.Need(0, "value"), budget)),
            "count" => a => new Value.Integer(list.Items.Count(i => Operators.AreEqual(i, a.Need(0, "value"), budget))),
            _ when list.IsTuple => null,
            "append" => a => Insert(list, list.Items.Count, [a.Need(0, "item")], budget),
            "insert" => a => Insert(list, Math.Clamp(a.Integer(0, "index", 0), 0, list.Items.Count), [a.Need(1, "item")], budget),
            "extend" => a => Insert(list, list.Items.Count, Sequences.Items(a.Need(0, "items"), budget), budget),
            "pop" => a => Pop(list, a.Integer(0, "index", -1)),
            "copy" => _ => Listed(list.Items, budget),
            "reverse" => _ => Reverse(list, budget),
            _ => null,
        };
        return body is null ? null : new Value.Function(body);
    }

    /// <summary>A dict with the same entries.</summary>
    public static Value.Mapping Copy(Value.Mapping mapping, RenderBudget budget)
    {
        budget.Elements(mapping.Entries.Count);
        return new Value.Mapping(new OrderedDictionary<Value, Value>(mapping.Entries, KeyComparer.Instance));
    }

    /// <summary>A list of these.</summary>
    public static Value.Sequence Listed(IEnumerable<Value> items, RenderBudget budget)
    {
        var list = items.ToList();
        budget.Elements(list.Count);
        return new Value.Sequence(list);
    }

    private static Value Get(Value.Mapping mapping, Value key, Value? otherwise) =>
        mapping.Entries.TryGetValue(key, out var value) ? value : otherwise ?? Value.Nothing;

    private static Value Update(Value.Mapping mapping, CallArguments arguments, RenderBudget budget)
    {
        if (arguments.At(0, "other") is Value.Mapping other)
        {
            foreach (var (key, value) in Copy(other, budget).Entries)
            {
                mapping.Entries[key] = value;
            }
        }

        foreach (var (key, value) in arguments.Named)
        {
            budget.Elements(1);
            mapping.Entries[new Value.Text(key)] = value;
        }

        return Value.Nothing;
    }

    private static Value Pop(Value.Mapping mapping, Value key, Value? otherwise) =>
        mapping.Entries.Remove(key, out var value) ? value : otherwise ?? throw new ChatTemplateException("'pop' was asked for a key that the dict does not have; pass a default.");

    private static Value SetDefault(Value.Mapping mapping, Value key, Value otherwise, RenderBudget budget)
    {
        budget.Elements(1);
        mapping.Entries.TryAdd(key, otherwise);
        return mapping.Entries[key];
    }

    private static int IndexOf(Value.Sequence list, Value value, RenderBudget budget)
    {
        var index = list.Items.FindIndex(i => Operators.AreEqual(i, value, budget));
        return index >= 0 ? index : throw new ChatTemplateException($"'index' did not find a value in a {list.TypeName} of {list.Items.Count}; ask with 'in' first.");
    }

    private static Value Insert(Value.Sequence list, long index, IReadOnlyList<Value> items, RenderBudget budget)
    {
        budget.Elements(items.Count);
        budget.Step(1 + ((list.Items.Count - index) / 64));
        list.Items.InsertRange((int)index, [.. items]);
        return Value.Nothing;
    }

    private static Value Pop(Value.Sequence list, long index)
    {
        var value = Sequences.ItemAt(list, index) ?? throw new ChatTemplateException($"'pop' was asked for item {index} of a list of {list.Items.Count}; ask for one that is there.");
        list.Items.RemoveAt((int)(index < 0 ? index + list.Items.Count : index));
        return value;
    }

    private static Value Reverse(Value.Sequence list, RenderBudget budget)
    {
        budget.Step(list.Items.Count);
        list.Items.Reverse();
        return Value.Nothing;
    }
}
