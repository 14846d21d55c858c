using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>What counts as true.</summary>
internal static class Truth
{
    public static bool Of(Run run, Value value) => value.Ref is Immediate ? value.IsFloat ? value.Double != 0 : value.Bits != 0 : value.Object.IsTrue(run);
}
