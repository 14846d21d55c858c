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
    private static readonly DocumentIndexer Indexer = new(Model);

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
        var named = Named(query, candidates, cancellationToken);
        return [.. candidates
            .Select(c => named.TryGetValue(c.Chunk.DocumentId, out var name) ? With(c, name) : c)
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    // The names are searched as if each were a document of one passage; those of one language are indexed at once, which scores do not depend on.
    private static Dictionary<string, KeywordHit> Named(Query query, IReadOnlyList<ScoredChunk> candidates, CancellationToken cancellationToken)
    {
        var documents = candidates.Select(c => c.Chunk).DistinctBy(c => c.DocumentId).ToArray();
        if (documents.Length < 2)
        {
            return [];
        }

        var index = new KeywordIndex(Model);
        var languages = documents.GroupBy(d => d.Language).Select(g => g.ToArray()).ToArray();
        for (var i = 0; i < languages.Length; i++)
        {
            index = index.Add(i, Indexer.Index("", languages[i][0].Language, Array.ConvertAll(languages[i], Names)));
        }

        return index.Search(query.Text, documents.Length, explain: query.Explain, cancellationToken: cancellationToken).ToDictionary(hit => languages[hit.Document][hit.Chunk].DocumentId);
    }

    private static Chunk Names(Chunk chunk)
    {
        var names = $"{chunk.Title}\n{chunk.DocumentId}";
        return new(chunk.Id, chunk.DocumentId, names, new(0, names.Length));
    }

    private static ScoredChunk With(ScoredChunk found, KeywordHit name) => found with
    {
        Score = found.Score + name.Score,
        Terms = [.. found.Terms, .. name.Terms.Select(t => t with { Term = $"{t.Term} (name of the document)" })],
    };
}
