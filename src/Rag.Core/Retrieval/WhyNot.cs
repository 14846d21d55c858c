using Rag.Generation;
using Rag.Storage;

namespace Rag.Retrieval;

/// <summary>Says at which step a document was lost on its way from the store into an answer. Asks the same retriever that answers do, so it also holds for one's own. Safe for concurrent use where that is.</summary>
/// <param name="store">Where the document should be.</param>
/// <param name="retriever">What searches.</param>
/// <param name="arms">Where <paramref name="retriever"/> fuses others: those, by name. Default none.</param>
/// <param name="options">How many passages answers are made of, and their budget. Default <c>new()</c>.</param>
/// <param name="tokens">Counts the tokens of passages. Default <see cref="ApproximateTokenCounter"/>.</param>
public sealed class WhyNot(IChunkStore store, IRetriever retriever, IReadOnlyDictionary<string, IRetriever>? arms = null, RagPipelineOptions? options = null, ITokenCounter? tokens = null)
{
    // Beyond this a rank says no more than that it is hopeless.
    private const int Depth = 1000;

    private readonly RagPipelineOptions _options = options ?? new();

    /// <summary>Follows a document through a search.</summary>
    /// <param name="query">What is asked, by whom.</param>
    /// <param name="documentId">The document that was expected.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The first step that loses it. A document that the caller's groups may not see is said not to be there.</returns>
    public async Task<Absence> ExplainAsync(Query query, string documentId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documentId);
        var document = await store.GetDocumentAsync(documentId, query.Tenant, cancellationToken);
        if (document is null || (document.Groups.Count > 0 && !document.Groups.Intersect(query.Groups, StringComparer.Ordinal).Any()))
        {
            return new(LostAt.Store, $"There is no document '{documentId}' here. Ingest it, or look among the documents for how it is spelled.");
        }

        if (string.IsNullOrWhiteSpace(document.Text))
        {
            return new(LostAt.Reading, $"Nothing was read from '{documentId}'{(document.Warnings.Count > 0 ? $": {document.Warnings[0]}" : ", it has no text")}");
        }

        if (!query.Filter.Matches(field => Filter.ValuesOf(document, field)))
        {
            return new(LostAt.Filter, $"The filter hides '{documentId}'.");
        }

        var only = query with { Filter = new Filter.And([query.Filter, Filter.Equal("document", documentId)]) };
        return await retriever.RetrieveAsync(only, 1, cancellationToken) is []
            ? new(LostAt.Analysis, $"Nothing in '{documentId}' matches the query: it has none of its words as the index knows them.")
            : await RankedAsync(query, documentId, cancellationToken);
    }

    private async Task<Absence> RankedAsync(Query query, string documentId, CancellationToken cancellationToken)
    {
        var found = await retriever.RetrieveAsync(query, Depth, cancellationToken);
        var rank = RankOf(found, documentId);
        if (rank <= _options.Top)
        {
            var packed = PassagePacker.Pack([.. found.Take(_options.Top)], tokens ?? new ApproximateTokenCounter(), _options.Budget.MaxPassageTokens);
            return packed.Any(p => p.Chunk.DocumentId == documentId)
                ? new(LostAt.Nowhere, $"'{documentId}' is there: its best passage has rank {rank}.", rank)
                : new(LostAt.Budget, $"The best passage of '{documentId}' has rank {rank}, but the {_options.Budget.MaxPassageTokens} tokens for passages are spent before it.", rank);
        }

        foreach (var (name, arm) in arms ?? new Dictionary<string, IRetriever>())
        {
            if (RankOf(await arm.RetrieveAsync(query, _options.Top, cancellationToken), documentId) is { } alone)
            {
                return new(LostAt.Fusion, $"{name} alone ranks '{documentId}' {alone}, fused with the others it has {Place(rank)} of the {_options.Top} that are returned.", rank);
            }
        }

        return new(LostAt.Ranking, rank is { } place
            ? $"The best passage of '{documentId}' has rank {place} with a score of {found[place - 1].Score:0.####}; the {_options.Top} that are returned score {found[Math.Min(_options.Top, found.Count) - 1].Score:0.####} or more."
            : $"'{documentId}' matches, but {found.Count} passages score higher.", rank);
    }

    private static string Place(int? rank) => rank is { } place ? $"rank {place}, and is none" : $"no rank among the first {Depth}, and is none";

    private static int? RankOf(IReadOnlyList<ScoredChunk> found, string documentId)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Chunk.DocumentId == documentId)
            {
                return i + 1;
            }
        }

        return null;
    }
}
