using Rag.Evaluation.Trec;
using Rag.Retrieval;

namespace Rag.Evaluation.Collections;

/// <summary>What a retriever found for the queries of a collection, and how long it took.</summary>
/// <param name="Run">What it found: of each document the best passage.</param>
/// <param name="Times">Time of each query, ascending.</param>
public sealed record RetrievalRun(TrecRun Run, IReadOnlyList<TimeSpan> Times)
{
    /// <summary>Documents of a list, as TREC has it.</summary>
    public const int Depth = 1000;

    // Asked once before the clock runs, so that the first times are not those of the compiler; a retriever that takes longer for them is not slow for that reason.
    private const int WarmUp = 100;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    /// <summary>Queries answered in a second, one after the other; 0 where there were none.</summary>
    public double QueriesPerSecond => Times.Count == 0 ? 0 : Times.Count / Math.Max(Times.Sum(t => t.TotalSeconds), 1e-9);

    /// <summary>Asks all queries, one after the other.</summary>
    /// <param name="tag">Name of the run.</param>
    /// <param name="retriever">Finds passages.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<RetrievalRun> MeasureAsync(string tag, IRetriever retriever, IReadOnlyList<CollectionQuery> queries, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(clock);
        var begin = clock.GetTimestamp();
        foreach (var query in queries.Take(WarmUp).TakeWhile(_ => clock.GetElapsedTime(begin) < WarmUpTime))
        {
            await retriever.RetrieveAsync(new(query.Text), Depth, cancellationToken);
        }

        Dictionary<string, IReadOnlyList<ScoredDocument>> rankings = new(StringComparer.Ordinal);
        List<TimeSpan> times = [];
        foreach (var query in queries)
        {
            var start = clock.GetTimestamp();
            var found = await retriever.RetrieveAsync(new(query.Text), Depth, cancellationToken);
            times.Add(clock.GetElapsedTime(start));
            rankings.Add(query.Id, [.. found.DistinctBy(f => f.Chunk.DocumentId).Select(f => new ScoredDocument(f.Chunk.DocumentId, f.Score))]);
        }

        times.Sort();
        return new(new(tag, rankings), times);
    }

    /// <summary>The time that a share of the queries did not exceed, by nearest rank; zero where there were none.</summary>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public TimeSpan TimeAt(double share) => Times.Count == 0 ? TimeSpan.Zero : Times[Math.Clamp((int)Math.Ceiling(share * Times.Count) - 1, 0, Times.Count - 1)];
}
