namespace Rag.Llama.Templates.Jinja;

/// <summary>Filters that apply another filter or a test to each item.</summary>
internal static class SelectionFilters
{
    /// <summary>By name.</summary>
    public static Dictionary<string, Func<Value, CallArguments, Runtime, Value>> All { get; } = new(StringComparer.Ordinal)
    {
        ["map"] = Map,
        ["select"] = (v, a, r) => Select(v, a, r, byAttribute: false, wanted: true),
        ["reject"] = (v, a, r) => Select(v, a, r, byAttribute: false, wanted: false),
        ["selectattr"] = (v, a, r) => Select(v, a, r, byAttribute: true, wanted: true),
        ["rejectattr"] = (v, a, r) => Select(v, a, r, byAttribute: true, wanted: false),
        ["attr"] = (v, a, r) => r.Item(v, a.Need(0, "name")),
    };

    private static Value.Sequence Map(Value value, CallArguments arguments, Runtime runtime)
    {
        var items = Sequences.Items(value, runtime.Budget);
        if (!arguments.Named.TryGetValue("attribute", out var attribute))
        {
            var name = arguments.Text(0, "filter") ?? throw new ChatTemplateException("'map' was given neither a filter nor an attribute; give it one.");
            return ContainerMethods.Listed(items.Select(i => runtime.Filter(name, i, arguments.Skip(1))), runtime.Budget);
        }

        var otherwise = arguments.Named.GetValueOrDefault("default");
        return ContainerMethods.Listed(items.Select(i => runtime.Path(i, attribute) is var found && found is Value.Undefined && otherwise is not null ? otherwise : found), runtime.Budget);
    }

    private static Value.Sequence Select(Value value, CallArguments arguments, Runtime runtime, bool byAttribute, bool wanted)
    {
        var attribute = byAttribute ? arguments.Need(0, "attribute") : null;
        var rest = byAttribute ? arguments.Skip(1) : arguments;
        var test = rest.Text(0, "test");
        var testArguments = rest.Skip(1);
        return ContainerMethods.Listed(
            Sequences.Items(value, runtime.Budget).Where(item =>
            {
                var asked = attribute is null ? item : runtime.Path(item, attribute);
                return (test is null ? asked.IsTrue : runtime.Test(test, asked, testArguments)) == wanted;
            }),
            runtime.Budget);
    }
}
