namespace Rag.Agents.Python.Syntax;

/// <summary>A text that is not a program of the subset.</summary>
internal sealed class SyntaxFault(int line, string message, string kind = "SyntaxError") : Exception(message)
{
    public int Line { get; } = line;

    public string Kind { get; } = kind;
}
