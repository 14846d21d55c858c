using Rag.Retrieval;

namespace Rag.Evaluation.Collections;

/// <summary>Lets a re-ranker order the first passages of a list and leaves the others below them in their order: a list of 1000 is measured, and no re-ranker reads that far.</summary>
/// <remarks>Scores are the re-ranker's down to <paramref name="depth"/>; below, each is one less than the one before.</remarks>
/// <param name="inner">Finds the list.</param>
/// <param name="reranker">Orders its head.</param>
/// <param name="depth">Passages that the re-ranker reads, at least 1. Default 100, as published tables have it.</param>
public sealed class HeadReranking(IRetriever inner, IReranker reranker, int depth = HeadReranking.DefaultDepth) : IRetriever
{
    /// <summary>Passages that a re-ranker reads where nothing else is said.</summary>
    public const int DefaultDepth = 100;

    private readonly int _depth = depth >= 1 ? depth : throw new ArgumentOutOfRangeException(nameof(depth), depth, "A re-ranker reads at least one passage.");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var found = await inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken);
        if (found.Count == 0)
        {
            return found;
        }

        ScoredChunk[] head = [.. found.Take(_depth)];
        var ranked = await reranker.RerankAsync(query, head, head.Length, cancellationToken);
        var least = ranked.Count == 0 ? 0 : ranked[^1].Score;
        return [.. ranked.Concat(found.Skip(_depth).Select((f, i) => f with { Score = least - i - 1 })).Take(top)];
    }
}
