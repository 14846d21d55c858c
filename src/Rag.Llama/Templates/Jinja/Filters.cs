namespace Rag.Llama.Templates.Jinja;

/// <summary>The filters, each a function of what stands before the <c>|</c> and of the arguments.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, Func<Value, CallArguments, Runtime, Value>> All =
        new(TextFilters.All.Concat(NumberFilters.All).Concat(SequenceFilters.All).Concat(SelectionFilters.All), StringComparer.Ordinal);

    /// <summary>The filter of a name.</summary>
    public static Func<Value, CallArguments, Runtime, Value> Find(string name) => All.TryGetValue(name, out var filter)
        ? filter
        : throw new ChatTemplateException($"there is no filter '{name}'. Filters: {string.Join(", ", All.Keys)}.");
}
