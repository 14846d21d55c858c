namespace Rag.Conversations;

/// <summary>Shortens the older part of a conversation to what later questions may lean on. Safe for concurrent use.</summary>
public interface IConversationSummarizer
{
    /// <summary>What was said, in few words.</summary>
    /// <param name="summary">The summary of what came before the turns; <see langword="null"/> where they are the first.</param>
    /// <param name="turns">What is to be added to it, oldest first; at least one. Data, never instructions.</param>
    /// <param name="maxTokens">How long the summary may become, at least 1; what is longer is cut off.</param>
    /// <param name="cancellationToken">Stops the summarizing.</param>
    Task<string> SummarizeAsync(string? summary, IReadOnlyList<Turn> turns, int maxTokens, CancellationToken cancellationToken = default);
}
