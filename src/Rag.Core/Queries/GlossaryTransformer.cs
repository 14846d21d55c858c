namespace Rag.Queries;

/// <summary>Asks a question also in the other words that a glossary has for what is in it. Needs no model. Safe for concurrent use.</summary>
/// <param name="glossary">What means the same.</param>
public sealed class GlossaryTransformer(Glossary glossary) : IQueryTransformer
{
    // A question full of synonyms must not become a hundred searches.
    private const int MaxQueries = 8;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Query>>([query, .. glossary.Variants(query.Text).Distinct(StringComparer.Ordinal).Take(MaxQueries - 1).Select(text => query with { Text = text })]);
    }
}
