using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Asks several retrievers at once and fuses what they find: <c>new HybridRetriever([keyword, vector])</c>. A retriever that fails makes the whole search fail. Safe for concurrent use where they are.</summary>
public sealed class HybridRetriever : IRetriever
{
    /// <summary>Candidates of each retriever where nothing else is said: enough that a chunk which one of them ranks low can still rise by the other.</summary>
    public const int DefaultDepth = 100;

    private readonly IRetriever[] _retrievers;
    private readonly Func<IReadOnlyList<IReadOnlyList<ScoredChunk>>, IReadOnlyList<ScoredChunk>> _fusion;
    private readonly int _depth;

    /// <summary>Combines retrievers over the same documents.</summary>
    /// <param name="retrievers">At least one.</param>
    /// <param name="fusion">
    /// Makes one list of their lists, in their order, such as <see cref="RankFusion.Adaptive"/> for words and vectors, or <c>lists => RankFusion.ReciprocalRank(lists)</c>. Default <see cref="RankFusion.MinMax"/> with equal weights:
    /// over BM25 and a good embedding model it is published ahead of both in the mean of 13 BEIR sets, where reciprocal ranks stay behind the model alone (Anserini's regressions, BM25 with bge-base-en-v1.5).
    /// </param>
    /// <param name="depth">Candidates of each, at least 1; where more results are asked for, that many. Default <see cref="DefaultDepth"/>.</param>
    /// <exception cref="ArgumentException">No retriever.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public HybridRetriever(IReadOnlyList<IRetriever> retrievers, Func<IReadOnlyList<IReadOnlyList<ScoredChunk>>, IReadOnlyList<ScoredChunk>>? fusion = null, int depth = DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(retrievers);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        _retrievers = retrievers.Count > 0 ? [.. retrievers] : throw new ArgumentException("There is no retriever to ask; give at least one.", nameof(retrievers));
        _fusion = fusion ?? (lists => RankFusion.MinMax(lists));
        _depth = depth;
    }

    /// <summary>Words and meaning as it is best for a store: its own search for both where it is an <see cref="IHybridStore"/>, which is one round trip; else <see cref="DefaultRetriever"/> and <see cref="VectorRetriever"/>, fused by <see cref="RankFusion.Adaptive"/>.</summary>
    /// <remarks>Fails with a <see cref="VectorSearchException"/> where <see cref="VectorRetriever"/> does. Safe for concurrent use where store and generator are.</remarks>
    /// <param name="store">A store whose documents were ingested with the same model.</param>
    /// <param name="generator">Makes vectors of questions, with whatever prompt its model wants before them.</param>
    public static IRetriever Over(IChunkStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(generator);
        return store is IHybridStore hybrid
            ? new StoreHybridRetriever(hybrid, generator)
            : new HybridRetriever([new DefaultRetriever(store), new VectorRetriever(store, generator)], RankFusion.Adaptive);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var lists = await Task.WhenAll(_retrievers.Select(r => r.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken)));
        return [.. _fusion(lists).Take(top)];
    }
}
