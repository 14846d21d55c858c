using Rag.Indexing;

namespace Rag.Retrieval;

/// <summary>Prefers documents that the query names: adds to each chunk's score what the names of its document score.</summary>
/// <remarks>
/// A document's names are its title and its id, which holds its file name and folders. They are weighed like any words, by BM25, but against the names of
/// the other documents that were found, so "the 2021 report of Acme" tells <c>acme/2021_report.pdf</c> from its sister of another year however often
/// the passages themselves say Acme. For an inner retriever that scores by <see cref="KeywordModel.Bm25"/>, or on its scale. Safe for concurrent use.
/// </remarks>
public sealed class NamedDocumentRetriever : IRetriever
{
    private static readonly KeywordModel Model = KeywordModel.Bm25 with { SpellingVariants = false }; // names that the query does not name are not guessed at

    private readonly IRetriever _inner;
    private readonly int _depth;

    /// <summary>Scores what another retriever finds anew.</summary>
    /// <param name="inner">Finds candidates.</param>
    /// <param name="depth">Candidates to look at, at least 1; where more results are asked for, that many. Default <see cref="RerankingRetriever.DefaultDepth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public NamedDocumentRetriever(IRetriever inner, int depth = RerankingRetriever.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (_inner, _depth) = (inner, depth);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var candidates = await _inner.RetrieveAsync(query, Math.Max(top, _depth), cancellationToken);
        var documents = candidates.Select(c => c.Chunk).DistinctBy(c => c.DocumentId).ToArray();
        return [.. (documents.Length < 2 ? candidates : Named(query, candidates, documents))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    private static IEnumerable<ScoredChunk> Named(Query query, IReadOnlyList<ScoredChunk> candidates, Chunk[] documents)
    {
        var scorer = new NameScorer(Model, query.Text, Array.ConvertAll(documents, d => ($"{d.Title}\n{d.DocumentId}", d.Language)));
        var places = documents.Index().ToDictionary(d => d.Item.DocumentId, d => d.Index, StringComparer.Ordinal);
        return candidates.Select(found => (found, place: places[found.Chunk.DocumentId])).Select(c => scorer.Score(c.place) is > 0 and var score
            ? With(c.found, score, query.Explain ? scorer.Explain(c.place) : [])
            : c.found);
    }

    private static ScoredChunk With(ScoredChunk found, double score, IReadOnlyList<TermScore> terms) => found with
    {
        Score = found.Score + score,
        Terms = [.. found.Terms, .. terms.Select(t => t with { Term = $"{t.Term} (name of the document)" })],
    };
}
