using System.Numerics;

namespace Rag.Agents.Python.Values;

/// <summary>A number of a module that has a value as a float, such as a fraction.</summary>
internal abstract class PyReal : PyObject
{
    public abstract double ToDouble();

    /// <summary>The number rounded, ties to even: to an integer where <paramref name="digits"/> is null.</summary>
    public abstract Value Round(Run run, long? digits);

    /// <summary>The integer towards zero.</summary>
    public abstract BigInteger Truncate(Run run);
}
