namespace Rag.Llama.Templates.Jinja;

/// <summary>Filters that give texts.</summary>
internal static class TextFilters
{
    private const int MaxIndent = 100;

    /// <summary>By name.</summary>
    public static Dictionary<string, Func<Value, CallArguments, Runtime, Value>> All { get; } = new(StringComparer.Ordinal)
    {
        ["string"] = (v, _, r) => v is Value.Text ? v : new Value.Text(Printing.ToText(v, r.Budget)),
        ["tojson"] = ToJson,
        ["from_json"] = (v, _, r) => FromJson(v, r),
        ["fromjson"] = (v, _, r) => FromJson(v, r),
        ["trim"] = (v, a, r) => r.Budget.Text(TextMethods.Strip(Printing.ToText(v, r.Budget), a.Text(0, "chars"), start: true, end: true)),
        ["upper"] = (v, _, r) => r.Budget.Text(Printing.ToText(v, r.Budget).ToUpperInvariant()),
        ["lower"] = (v, _, r) => r.Budget.Text(Printing.ToText(v, r.Budget).ToLowerInvariant()),
        ["title"] = (v, _, r) => r.Budget.Text(TextMethods.Title(Printing.ToText(v, r.Budget))),
        ["capitalize"] = (v, _, r) => r.Budget.Text(TextMethods.Capitalize(Printing.ToText(v, r.Budget))),
        ["replace"] = (v, a, r) => TextMethods.Replace(Printing.ToText(v, r.Budget), Printing.ToText(a.Need(0, "old"), r.Budget), Printing.ToText(a.Need(1, "new"), r.Budget), a.Integer(2, "count", -1), r.Budget),
        ["indent"] = Indent,
        ["format"] = (v, a, r) => Formatting.Printf(Printing.ToText(v, r.Budget), a.Positional, r.Budget),
        ["safe"] = (v, _, _) => v,
        ["escape"] = (v, _, r) => Escape(v, r),
        ["e"] = (v, _, r) => Escape(v, r),
    };

    private static Value.Text ToJson(Value value, CallArguments arguments, Runtime runtime)
    {
        int? indent = arguments.Named.TryGetValue("indent", out var width) && width is not Value.None ? (int)Math.Clamp(arguments.Integer(0, "indent", 0), 0, MaxIndent)
            : arguments.Positional.Count > 0 && arguments.Positional[0] is Value.Integer first ? (int)Math.Clamp(first.Content, 0, MaxIndent) : null;
        var separators = arguments.Named.GetValueOrDefault("separators") as Value.Sequence;
        var item = separators is { Items: [Value.Text s, _] } ? s.Content : indent is null ? ", " : ",";
        var key = separators is { Items: [_, Value.Text k] } ? k.Content : ": ";
        var sorted = arguments.Named.GetValueOrDefault("sort_keys")?.IsTrue ?? false;
        var ascii = arguments.Named.GetValueOrDefault("ensure_ascii")?.IsTrue ?? false;
        return new Value.Text(Json.Write(value, indent, item, key, sorted, ascii, runtime.Budget));
    }

    private static Value FromJson(Value value, Runtime runtime)
    {
        var text = Printing.ToText(value, runtime.Budget);
        runtime.Budget.Elements(text.Length);
        return Json.Parse(text);
    }

    private static Value.Text Indent(Value value, CallArguments arguments, Runtime runtime)
    {
        var text = Printing.ToText(value, runtime.Budget);
        var padding = arguments.At(0, "width") is Value.Text given ? given.Content : new string(' ', (int)Math.Clamp(arguments.Integer(0, "width", 4), 0, MaxIndent));
        var lines = text.Split('\n');
        runtime.Budget.Characters(text.Length + ((long)padding.Length * lines.Length));
        var (first, blank) = (arguments.Flag(1, "first"), arguments.Flag(2, "blank"));
        var indented = lines.Select((line, i) => (i == 0 ? first : blank || line.Length > 0) ? padding + line : line);
        return new Value.Text(string.Join('\n', indented));
    }

    private static Value.Text Escape(Value value, Runtime runtime) => runtime.Budget.Text(Printing.ToText(value, runtime.Budget)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&#34;", StringComparison.Ordinal));
}
