namespace Rag.Llama.Templates.Jinja;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    /// <summary>The method, bound to <paramref name="text"/>; null where texts have no such method.</summary>
    public static Value? Find(string text, string name, RenderBudget budget)
    {
        Func<CallArguments, Value>? body = name switch
        {
            "strip" => a => budget.Text(Strip(text, a.Text(0, "chars"), start: true, end: true)),
            "lstrip" => a => budget.Text(Strip(text, a.Text(0, "chars"), start: true, end: false)),
            "rstrip" => a => budget.Text(Strip(text, a.Text(0, "chars"), start: false, end: true)),
            "split" => a => Split(text, a.Text(0, "sep"), a.Integer(1, "maxsplit", -1), budget),
            "rsplit" => a => SplitFromEnd(text, a.Text(0, "sep"), a.Integer(1, "maxsplit", -1), budget),
            "splitlines" => _ => List(text.EndsWith('\n') ? text[..^1].Split('\n') : text.Length == 0 ? [] : text.Split('\n'), budget),
            "partition" => a => Partition(text, Needed(a, 0, "sep"), budget),
            "startswith" => a => Value.Of(Any(a.Need(0, "prefix"), p => text.StartsWith(p, StringComparison.Ordinal))),
            "endswith" => a => Value.Of(Any(a.Need(0, "suffix"), s => text.EndsWith(s, StringComparison.Ordinal))),
            "replace" => a => Replace(text, Needed(a, 0, "old"), Needed(a, 1, "new"), a.Integer(2, "count", -1), budget),
            "removeprefix" => a => text.StartsWith(Needed(a, 0, "prefix"), StringComparison.Ordinal) ? budget.Text(text[Needed(a, 0, "prefix").Length..]) : new Value.Text(text),
            "removesuffix" => a => text.EndsWith(Needed(a, 0, "suffix"), StringComparison.Ordinal) ? budget.Text(text[..^Needed(a, 0, "suffix").Length]) : new Value.Text(text),
            "upper" => _ => budget.Text(text.ToUpperInvariant()),
            "lower" => _ => budget.Text(text.ToLowerInvariant()),
            "title" => _ => budget.Text(Title(text)),
            "capitalize" => _ => budget.Text(Capitalize(text)),
            "find" => a => Position(text, Needed(a, 0, "sub"), last: false, budget),
            "rfind" => a => Position(text, Needed(a, 0, "sub"), last: true, budget),
            "index" => a => Position(text, Needed(a, 0, "sub"), last: false, budget) is Value.Integer { Content: >= 0 } found ? found : throw new ChatTemplateException($"'index' did not find '{Needed(a, 0, "sub")}'; ask with 'in' first."),
            "count" => a => new Value.Integer(Count(text, Needed(a, 0, "sub"), budget)),
            "join" => a => Join(text, Sequences.Items(a.Need(0, "iterable"), budget), budget),
            "format" => a => Formatting.Braces(text, a, budget),
            "isdigit" or "isnumeric" or "isdecimal" => _ => Value.Of(text.Length > 0 && text.All(char.IsDigit)),
            "isalpha" => _ => Value.Of(text.Length > 0 && text.All(char.IsLetter)),
            "isalnum" => _ => Value.Of(text.Length > 0 && text.All(char.IsLetterOrDigit)),
            "isspace" => _ => Value.Of(text.Length > 0 && string.IsNullOrWhiteSpace(text)),
            "isupper" => _ => Value.Of(text.Any(char.IsUpper) && !text.Any(char.IsLower)),
            "islower" => _ => Value.Of(text.Any(char.IsLower) && !text.Any(char.IsUpper)),
            _ => null,
        };
        return body is null ? null : new Value.Function(body);
    }

    /// <summary>Without the characters at the ends that are in <paramref name="characters"/>, or white space.</summary>
    public static string Strip(string text, string? characters, bool start, bool end)
    {
        var set = characters?.ToCharArray();
        if (set is { Length: 0 })
        {
            return text;
        }

        text = start ? text.TrimStart(set) : text;
        return end ? text.TrimEnd(set) : text;
    }

    /// <summary>With the first <paramref name="count"/> occurrences replaced, all where negative.</summary>
    public static Value Replace(string text, string old, string by, long count, RenderBudget budget)
    {
        var found = Count(text, old, budget);
        var replaced = count < 0 ? found : Math.Min(found, count);
        budget.Characters(text.Length + (replaced * ((long)by.Length - old.Length)));
        if (old.Length > 0 && replaced == found)
        {
            return new Value.Text(text.Replace(old, by, StringComparison.Ordinal));
        }

        var result = new System.Text.StringBuilder();
        var position = 0;
        for (; replaced > 0; replaced--)
        {
            var next = old.Length == 0 ? position : text.IndexOf(old, position, StringComparison.Ordinal);
            result.Append(text, position, next - position).Append(by);
            position = next + old.Length;
            if (old.Length == 0 && position < text.Length)
            {
                result.Append(text[position++]);
            }
        }

        return new Value.Text(result.Append(text, position, text.Length - position).ToString());
    }

    /// <summary>Each word with a capital.</summary>
    public static string Title(string text) => string.Concat(text.Select((c, i) => i > 0 && char.IsLetter(text[i - 1]) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    /// <summary>A capital, then small letters.</summary>
    public static string Capitalize(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    /// <summary>The printed items with <paramref name="separator"/> between them.</summary>
    public static Value Join(string separator, IReadOnlyList<Value> items, RenderBudget budget)
    {
        budget.Characters((long)separator.Length * items.Count);
        var parts = items.Select(i => Printing.ToText(i, budget)).ToList();
        budget.Characters(parts.Sum(p => (long)p.Length + separator.Length));
        return new Value.Text(string.Join(separator, parts));
    }

    private static string Needed(CallArguments arguments, int index, string name) =>
        arguments.Text(index, name) ?? throw new ChatTemplateException($"the argument '{name}' is missing in a call; pass a text.");

    private static bool Any(Value value, Func<string, bool> holds) => value switch
    {
        Value.Text text => holds(text.Content),
        Value.Sequence { IsTuple: true } many => many.Items.OfType<Value.Text>().Any(t => holds(t.Content)),
        _ => throw new ChatTemplateException($"'startswith' or 'endswith' was given a {value.TypeName}; give it a text or a tuple of texts.{Operators.Why(value)}"),
    };

    private static Value.Sequence List(IReadOnlyCollection<string> parts, RenderBudget budget)
    {
        budget.Elements(parts.Count);
        budget.Characters(parts.Sum(p => (long)p.Length));
        return new Value.Sequence([.. parts.Select(p => new Value.Text(p))]);
    }

    private static Value.Sequence Split(string text, string? separator, long limit, RenderBudget budget)
    {
        budget.Search(text.Length, separator?.Length ?? 1);
        if (separator is { Length: 0 })
        {
            throw new ChatTemplateException("'split' was given an empty separator; give it one of at least a character.");
        }

        var count = limit < 0 || limit >= int.MaxValue ? int.MaxValue : (int)limit + 1;
        if (separator is not null)
        {
            return List(text.Split(separator, count), budget);
        }

        List<string> words = [];
        var rest = text.TrimStart();
        while (rest.Length > 0 && words.Count < count - 1)
        {
            var end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
            {
                end++;
            }

            words.Add(rest[..end]);
            budget.Characters(rest.Length);
            rest = rest[end..].TrimStart();
        }

        return List(rest.Length > 0 ? [.. words, rest.TrimEnd()] : words, budget);
    }

    private static Value.Sequence SplitFromEnd(string text, string? separator, long limit, RenderBudget budget)
    {
        var parts = Split(text, separator, -1, budget).Items.Select(i => ((Value.Text)i).Content).ToList();
        if (limit < 0 || parts.Count <= limit + 1)
        {
            return List(parts, budget);
        }

        var head = parts.Count - (int)limit;
        return List([string.Join(separator ?? " ", parts.Take(head)), .. parts.Skip(head)], budget);
    }

    private static Value.Sequence Partition(string text, string separator, RenderBudget budget)
    {
        budget.Search(text.Length, separator.Length);
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return new Value.Sequence(List(at < 0 ? [text, "", ""] : [text[..at], separator, text[(at + separator.Length)..]], budget).Items, isTuple: true);
    }

    private static Value.Integer Position(string text, string part, bool last, RenderBudget budget)
    {
        budget.Search(text.Length, part.Length);
        var at = last ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        return new Value.Integer(at < 0 ? -1 : Sequences.Count(new Value.Text(text[..at])));
    }

    private static long Count(string text, string part, RenderBudget budget)
    {
        budget.Search(text.Length, part.Length);
        return part.Length == 0 ? text.Length + 1L : text.AsSpan().Count(part);
    }
}
