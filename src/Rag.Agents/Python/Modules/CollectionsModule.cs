using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>collections</c>.</summary>
internal static class CollectionsModule
{
    public static readonly Dictionary<string, Value> Members = new()
    {
        ["Counter"] = Types.Counter,
        ["defaultdict"] = Types.DefaultDict,
        ["OrderedDict"] = Types.OrderedDict,
        ["deque"] = PyDeque.DequeType,
    };
}
