namespace Rag.Retrieval;

/// <summary>Tells <see cref="RagTelemetry"/> of each search.</summary>
internal sealed class ObservedRetriever(IRetriever inner) : IRetriever
{
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
        RagTelemetry.Source.HasListeners() || RagTelemetry.Retrieval.Enabled ? ObserveAsync(query, top, cancellationToken) : inner.RetrieveAsync(query, top, cancellationToken);

    private async Task<IReadOnlyList<ScoredChunk>> ObserveAsync(Query query, int top, CancellationToken cancellationToken)
    {
        using var span = RagTelemetry.Source.StartActivity("rag.retrieve");
        var start = TimeProvider.System.GetTimestamp();
        KeyValuePair<string, object?> outcome = new("rag.outcome", "failed");
        try
        {
            var found = await inner.RetrieveAsync(query, top, cancellationToken);
            outcome = new("rag.outcome", found.Count > 0 ? "found" : "nothing");
            span?.SetTag("rag.top", top).SetTag("rag.passages", found.Count).SetTag("rag.filtered", query.Filter != Filter.All);
            return found;
        }
        catch (Exception e)
        {
            RagTelemetry.Failed(span, e);
            throw;
        }
        finally
        {
            RagTelemetry.Retrieval.Record(TimeProvider.System.GetElapsedTime(start).TotalSeconds, outcome);
        }
    }
}
