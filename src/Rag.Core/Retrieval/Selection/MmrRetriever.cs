using Microsoft.Extensions.AI;

namespace Rag.Retrieval.Selection;

/// <summary>Maximal marginal relevance: each result is relevant and unlike those before it. Safe for concurrent use where its parts are.</summary>
/// <remarks>
/// Result after result is the candidate with the highest <c>lambda * relevance - (1 - lambda) * likeness</c> (Carbonell and Goldstein, SIGIR 1998), which is its score. Relevance is the
/// inner score brought to 0 to 1 as by <see cref="RankFusion.MinMax"/>, likeness the highest cosine to a result so far: between the embeddings of the texts where there is a generator, else between their terms.
/// </remarks>
public sealed class MmrRetriever : IRetriever
{
    /// <summary>Weight of relevance where nothing else is said.</summary>
    public const double DefaultLambda = 0.7;

    private readonly IRetriever _inner;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _generator;
    private readonly double _lambda;
    private readonly int _depth;

    /// <summary>Chooses among what another retriever finds.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="generator">Makes vectors of the candidates' texts, at each search; stays the caller's. Default none: their terms are compared.</param>
    /// <param name="lambda">Weight of relevance, above 0 to 1; 1 keeps the inner order. Default <see cref="DefaultLambda"/>.</param>
    /// <param name="depth">Candidates to choose among, at least 1; where more results are asked for, that many. Default <see cref="RerankingRetriever.DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is not above 0, or above 1; <paramref name="depth"/> is less than 1.</exception>
    public MmrRetriever(IRetriever inner, IEmbeddingGenerator<string, Embedding<float>>? generator = null, double lambda = DefaultLambda, int depth = RerankingRetriever.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lambda);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lambda, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _generator, _lambda, _depth) = (inner, generator, lambda, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var relevant = RankFusion.MinMax([await _inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken)], [_lambda]);
        cancellationToken.ThrowIfCancellationRequested();
        var texts = relevant.Select(c => c.Chunk.Text).ToArray();
        Func<int, int, double> likeness = _generator is null || texts.Length < 2
            ? TermVectors.Of(relevant.Select(c => c.Chunk)).Cosine
            : TermVectors.Cosine((await _generator.GenerateAsync(texts, cancellationToken: cancellationToken)).Select(e => e.Vector).ToArray());
        return Choose(relevant, likeness, top, query.Explain, cancellationToken);
    }

    private List<ScoredChunk> Choose(IReadOnlyList<ScoredChunk> relevant, Func<int, int, double> likeness, int top, bool explain, CancellationToken cancellationToken)
    {
        var left = Enumerable.Range(0, relevant.Count).ToList();
        var closest = new double[relevant.Count];
        var chosen = new List<ScoredChunk>();
        while (left.Count > 0 && chosen.Count < top)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var best = left.OrderByDescending(i => Score(i)).ThenBy(i => relevant[i].Chunk.Id, StringComparer.Ordinal).First();
            var penalty = -(1 - _lambda) * closest[best];
            chosen.Add(relevant[best] with { Score = Score(best), Terms = explain ? [.. relevant[best].Terms, new("(like an earlier result)", 1, 1 - _lambda, penalty)] : [] });
            left.Remove(best);
            left.ForEach(i => closest[i] = Math.Max(closest[i], likeness(best, i)));
        }

        return chosen;

        double Score(int i) => relevant[i].Score - ((1 - _lambda) * closest[i]);
    }
}
