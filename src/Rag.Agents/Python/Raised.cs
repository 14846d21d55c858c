using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>A Python exception on its way to an <c>except</c>.</summary>
internal sealed class Raised(PyException error) : Exception
{
    public PyException Error { get; } = error;

    /// <summary>1-based line of the innermost statement that it left; 0 before it left one.</summary>
    public int Line { get; set; }
}
