using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Hashes: equal values have equal ones, and those of numbers and tuples are CPython's.</summary>
internal static class Hashing
{
    public static long Of(Run run, Value value)
    {
        if (value.IsInt || value.IsBool)
        {
            return Integers.Hash(value.Bits);
        }

        return value.IsFloat ? Floats.Hash(value.Double) : value.IsNone ? 0x1234_5678 : value.Object.Hash(run);
    }
}
