using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The modules that a program can import. Each is a table of names; nothing is loaded.</summary>
internal static class ModuleTable
{
    private static readonly Dictionary<string, Dictionary<string, Value>> Tables = new()
    {
        ["math"] = MathModule.Members,
        ["datetime"] = DateTimeModule.Members,
        ["collections"] = CollectionsModule.Members,
        ["itertools"] = IterationModule.Members,
        ["functools"] = FunctionsModule.Members,
        ["fractions"] = new() { ["Fraction"] = PyFraction.FractionType },
        ["statistics"] = StatisticsModule.Members,
        ["calendar"] = CalendarModule.Members,
        ["string"] = SmallModules.Text,
        ["operator"] = SmallModules.Operators,
        ["typing"] = SmallModules.Typing,
        ["dataclasses"] = DataclassModule.Members,
    };

    private static readonly Dictionary<string, PyModule> Modules = Tables.ToDictionary(t => t.Key, t => new PyModule(t.Key, t.Value));

    public static PyModule Import(string name) => Modules.TryGetValue(name, out var module)
        ? module
        : throw Raise.Of(ErrorTypes.ModuleNotFoundError, $"No module named '{(name.Length > 100 ? name[..100] : name)}'. Modules: {string.Join(", ", Modules.Keys)}.");

    /// <summary>The names of a module; none for a module that is not there.</summary>
    public static IEnumerable<string> Members(string name) => Tables.TryGetValue(name, out var members) ? members.Keys : [];
}
