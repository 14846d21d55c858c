namespace Rag.Llama.Templates.Jinja;

/// <summary>Equality, order and membership, as Python has them.</summary>
internal static class Operators
{
    /// <summary>Whether two values are equal; a text never equals a number.</summary>
    public static bool AreEqual(Value left, Value right, RenderBudget budget)
    {
        budget.Step();
        if (Arithmetic.IsNumber(left) && Arithmetic.IsNumber(right))
        {
            return Arithmetic.Compare(left, right) == 0;
        }

        switch (left, right)
        {
            case (Value.Text a, Value.Text b):
                budget.Step(a.Content.Length / 1_024);
                return a.Content == b.Content;
            case (Value.None, Value.None) or (Value.Undefined, Value.Undefined):
                return true;
            case (Value.Sequence a, Value.Sequence b):
                return a.IsTuple == b.IsTuple && a.Items.Count == b.Items.Count && Nested(budget, () => a.Items.Zip(b.Items).All(p => AreEqual(p.First, p.Second, budget)));
            case (Value.Mapping a, Value.Mapping b):
                return a.Entries.Count == b.Entries.Count && Nested(budget, () => a.Entries.All(e => b.Entries.TryGetValue(e.Key, out var other) && AreEqual(e.Value, other, budget)));
            default:
                return ReferenceEquals(left, right);
        }
    }

    /// <summary>Below zero where <paramref name="left"/> comes first.</summary>
    public static int Compare(Value left, Value right, RenderBudget budget)
    {
        budget.Step();
        switch (left, right)
        {
            case var _ when Arithmetic.IsNumber(left) && Arithmetic.IsNumber(right):
                return Arithmetic.Compare(left, right);
            case (Value.Text a, Value.Text b):
                budget.Step(a.Content.Length / 1_024);
                return string.CompareOrdinal(a.Content, b.Content);
            case (Value.Sequence a, Value.Sequence b):
                var difference = 0;
                Nested(budget, () =>
                {
                    var unequal = a.Items.Zip(b.Items).FirstOrDefault(p => !AreEqual(p.First, p.Second, budget));
                    difference = unequal.First is null ? a.Items.Count.CompareTo(b.Items.Count) : Compare(unequal.First, unequal.Second, budget);
                    return true;
                });
                return difference;
            default:
                throw new ChatTemplateException($"a {left.TypeName} and a {right.TypeName} have no order; compare values of one type.{Why(left)}{Why(right)}");
        }
    }

    /// <summary>Whether <paramref name="item"/> is in <paramref name="container"/>.</summary>
    public static bool Contains(Value container, Value item, RenderBudget budget)
    {
        switch (container)
        {
            case Value.Text text when item is Value.Text part:
                budget.Search(text.Content.Length, part.Content.Length);
                return text.Content.Contains(part.Content, StringComparison.Ordinal);
            case Value.Sequence sequence:
                return sequence.Items.Exists(i => AreEqual(i, item, budget));
            case Value.Mapping mapping:
                budget.Step();
                return item is not (Value.Sequence or Value.Mapping or Value.Undefined) && mapping.Entries.ContainsKey(item);
            case Value.Namespace variables:
                return item is Value.Text name && variables.Variables.ContainsKey(name.Content);
            case Value.Undefined:
                return false;
            default:
                throw new ChatTemplateException($"'in' was asked of a {container.TypeName} for a {item.TypeName}; ask it of a text for a text, or of a list or dict.");
        }
    }

    /// <summary>One step of a comparison chain.</summary>
    public static bool Holds(string operation, Value left, Value right, RenderBudget budget) => operation switch
    {
        "==" => AreEqual(left, right, budget),
        "!=" => !AreEqual(left, right, budget),
        "<" => Compare(left, right, budget) < 0,
        "<=" => Compare(left, right, budget) <= 0,
        ">" => Compare(left, right, budget) > 0,
        ">=" => Compare(left, right, budget) >= 0,
        "in" => Contains(right, left, budget),
        _ => !Contains(right, left, budget),
    };

    /// <summary>The reason why a value is not there, as an addition to a message.</summary>
    public static string Why(Value value) => value is Value.Undefined undefined ? $" {undefined.Reason}." : "";

    private static bool Nested(RenderBudget budget, Func<bool> compare)
    {
        budget.Enter();
        var result = compare();
        budget.Leave();
        return result;
    }
}
