namespace Rag.Indexing.Feedback;

/// <summary>Makes a better query of a query and the passages that it finds first. Pure and safe for concurrent use.</summary>
public interface IFeedback
{
    /// <summary>The query to search with in place of the first one; terms without a weight above 0 do not count.</summary>
    /// <param name="query">The terms of the question, each with its occurrences; at least one.</param>
    /// <param name="evidence">What the first search found, and the statistics of just what the query may see.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    TermVector Expand(TermVector query, FeedbackEvidence evidence);
}
