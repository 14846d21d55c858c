namespace Rag.Agents.Python;

/// <summary>The end of a run at one of its limits: no <c>except</c> and no <c>finally</c> of a program sees it.</summary>
internal sealed class LimitReached(string kind, string message) : Exception(message)
{
    public string Kind { get; } = kind;

    /// <inheritdoc cref="Raised.Line"/>
    public int Line { get; set; }
}
