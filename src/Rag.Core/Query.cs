using Microsoft.Extensions.AI;
using Rag.Indexing.Feedback;

namespace Rag;

/// <summary>What to look for, and in which documents.</summary>
/// <param name="Text">The question as the user wrote it. Data: no operator in it is interpreted.</param>
public sealed record Query(string Text)
{
    /// <summary>Whose documents are searched: exactly one tenant, whose term statistics are its own. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Groups the caller belongs to. Documents that name groups are seen only by callers who share one. Default none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Which documents may be found. Scores depend on no document that it hides. Default all.</summary>
    public Filter Filter { get; init; } = Filter.All;

    /// <summary>What was said before the question, oldest first, for transformers that make the question stand alone; searches take no notice. Default nothing.</summary>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];

    /// <summary>What a keyword search learns from the passages that it finds first, among those that the query may see; searches by vector take no notice, and stores that cannot learn refuse it. Default nothing.</summary>
    public IFeedback? Feedback { get; init; }

    /// <summary>Whether results say where their scores come from. Default no.</summary>
    public bool Explain { get; init; }
}
