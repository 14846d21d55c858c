using Rag.Retrieval;

namespace Rag.Testing;

/// <summary>A retriever that finds the same chunks whatever it is asked.</summary>
public sealed class ScriptedRetriever(params IReadOnlyList<ScoredChunk> chunks) : IRetriever
{
    /// <summary>A retriever that finds the chunks of these passages.</summary>
    public static ScriptedRetriever Finding(IEnumerable<Passage> passages) => new([.. passages.Select(p => new ScoredChunk(p.Chunk, p.Score))]);

    /// <summary>Runs before each result, with the caller's token.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        await Before(cancellationToken);
        return [.. chunks.Take(top)];
    }
}
