namespace Rag.Queries;

/// <summary>One transformer behind the other: each works on the first query of the one before it, and adds to the rest.</summary>
/// <remarks>In this order a question stands alone before a filter is read from it, and all that is made of it keeps the filter: rewriting, filters, then more queries.</remarks>
/// <param name="transformers">In order; none leaves the question as it is.</param>
public sealed class QueryTransformerChain(params IReadOnlyList<IQueryTransformer> transformers) : IQueryTransformer
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<Query> queries = [query];
        foreach (var transformer in transformers)
        {
            queries = [.. await transformer.TransformAsync(queries[0], cancellationToken), .. queries.Skip(1)];
        }

        return queries;
    }
}
