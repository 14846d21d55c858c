using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>The names that are there without an import. What is not here is not there: no <c>eval</c>, <c>exec</c>, <c>open</c>, <c>getattr</c> or <c>__import__</c>.</summary>
internal static class BuiltinTable
{
    private static readonly Dictionary<string, Value> Table = Create();

    /// <summary>The value of a name, unset where Python has none.</summary>
    public static Value Find(string name) => Table.GetValueOrDefault(name);

    private static Dictionary<string, Value> Create()
    {
        Dictionary<string, Value> table = new()
        {
            ["__name__"] = "__main__",
            ["NotImplemented"] = NotImplemented.Instance,
            ["Ellipsis"] = Ellipsis.Instance,
        };
        PyType[] types =
        [
            Types.Object, Types.Type, Types.Int, Types.Bool, Types.Float, Types.Str, Types.List, Types.Tuple, Types.Dict, Types.Set, Types.FrozenSet, Types.Range,
            Types.Property, Types.StaticMethod, Types.ClassMethod, .. ErrorTypes.All,
        ];
        foreach (var type in types)
        {
            table[type.Name] = type;
        }

        foreach (var (name, native) in NumberFunctions.Table.Concat(SequenceFunctions.Table).Concat(ObjectFunctions.Table))
        {
            table[name] = new PyBuiltin(name, native);
        }

        return table;
    }
}
