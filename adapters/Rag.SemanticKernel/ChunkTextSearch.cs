using Microsoft.SemanticKernel.Data;
using Rag.Retrieval;

namespace Rag.SemanticKernel;

/// <summary>A retriever as Semantic Kernel's text search. Safe for concurrent use.</summary>
/// <remarks>
/// Options: <c>Top</c> at least 1, <c>Skip</c> at least 0; a page is cut from the list of the <c>Skip + Top</c> best. The total is not counted, so <c>TotalCount</c> is <see langword="null"/>.
/// <c>Filter</c> may compare <c>DocumentId</c>, <c>Path</c>, <c>Language</c> and <c>Tags["name"]</c> with values by <c>==</c> and <c>!=</c>, ask whether a collection <c>Contains</c> one of them,
/// and combine these by <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>. It narrows what <paramref name="scope"/> lets be seen and never widens it. A document without the tag equals nothing.
/// All three methods throw <see cref="NotSupportedException"/> for any other clause, and <see cref="ArgumentOutOfRangeException"/> for other bounds.
/// </remarks>
/// <param name="retriever">Finds the passages.</param>
/// <param name="scope">
/// Whose documents may be seen: <see cref="Query.Tenant"/>, <see cref="Query.Groups"/> and <see cref="Query.Filter"/>; the text is not used.
/// Default: those of the tenant with the empty name that everyone may see.
/// </param>
public sealed class ChunkTextSearch(IRetriever retriever, Query? scope = null) : ITextSearch<Chunk>
{
    private readonly Query _scope = scope ?? new("");

    /// <summary>The texts of the passages that fit, best first, ties by chunk id.</summary>
    public async Task<KernelSearchResults<string>> SearchAsync(string query, TextSearchOptions<Chunk>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FindAsync(query, searchOptions, cancellationToken), chunk => chunk.Text);

    /// <summary>The passages that fit, best first, ties by chunk id: the text, the title of its document as name, and the document's path, where it has one, as link.</summary>
    public async Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(string query, TextSearchOptions<Chunk>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FindAsync(query, searchOptions, cancellationToken), chunk => new TextSearchResult(chunk.Text) { Name = chunk.Title, Link = chunk.Path });

    /// <summary>The passages that fit, best first, ties by chunk id.</summary>
    public async Task<KernelSearchResults<Chunk>> GetSearchResultsAsync(string query, TextSearchOptions<Chunk>? searchOptions = null, CancellationToken cancellationToken = default) =>
        Results(await FindAsync(query, searchOptions, cancellationToken), chunk => chunk);

    private async Task<IEnumerable<Chunk>> FindAsync(string query, TextSearchOptions<Chunk>? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Top, 1, nameof(options.Top));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Skip, nameof(options.Skip));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Skip, int.MaxValue - options.Top, nameof(options.Skip));
        var filter = options.Filter is null ? _scope.Filter : new Filter.And([_scope.Filter, FilterExpression.ToFilter(options.Filter)]);
        var found = await retriever.RetrieveAsync(_scope with { Text = query, Filter = filter }, options.Skip + options.Top, cancellationToken);
        return found.Skip(options.Skip).Select(f => f.Chunk);
    }

    private static KernelSearchResults<T> Results<T>(IEnumerable<Chunk> found, Func<Chunk, T> map) => new(found.Select(map).ToList().ToAsyncEnumerable());
}
