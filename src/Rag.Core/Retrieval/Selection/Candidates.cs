namespace Rag.Retrieval.Selection;

/// <summary>Fetches candidates until what is left of them is enough, or there are no more.</summary>
internal static class Candidates
{
    /// <summary>The first <paramref name="top"/> results of a choice among candidates that may leave fewer than it is given.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="query">The question.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="choose">Chooses and orders.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<IReadOnlyList<ScoredChunk>> ChooseAsync(
        IRetriever inner, Query query, int top, Func<IReadOnlyList<ScoredChunk>, Task<IReadOnlyList<ScoredChunk>>> choose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        for (var fetch = top; ;)
        {
            fetch = fetch > int.MaxValue / 2 ? int.MaxValue : fetch * 2;
            var candidates = await inner.RetrieveAsync(query, fetch, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var chosen = await choose(candidates);
            if (chosen.Count >= top || candidates.Count < fetch || fetch == int.MaxValue)
            {
                return [.. chosen.Take(top)];
            }
        }
    }
}
