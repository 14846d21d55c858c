namespace Rag.Ratings;

/// <summary>Keeps ratings, each tenant's apart from the others'. Safe for concurrent use.</summary>
/// <remarks>
/// A rating holds text of documents. When a document is deleted, or replaced by a version that no longer holds a rated passage word for word, every text of the ratings
/// that rest on it must go as <see cref="Rating.Forget"/> says: a store in the same place as the documents sees to it in the same transaction, for any other call <see cref="ForgetDocumentAsync"/>.
/// </remarks>
public interface IRatingStore
{
    /// <summary>Keeps a rating, in place of one of the same tenant and id if there is any.</summary>
    /// <param name="rating">The rating.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ArgumentException">A citation or conflict of the answer has a number that none of its passages has.</exception>
    Task AddAsync(Rating rating, CancellationToken cancellationToken = default);

    /// <summary>The ratings of a tenant that the filter lets through, in the order in which they were added.</summary>
    /// <param name="filter">Which ones. Default all of the tenant whose name is the empty string.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<Rating> ListAsync(RatingFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a rating and leaves nothing of it.</summary>
    /// <returns>Whether there was one.</returns>
    /// <param name="id">The rating.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<bool> DeleteAsync(string id, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Removes every text of the ratings that rest on a document.</summary>
    /// <returns>How many ratings lost theirs.</returns>
    /// <param name="documentId">The document.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<int> ForgetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default);
}

/// <summary>Which ratings to list.</summary>
public sealed record RatingFilter
{
    /// <summary>Whose. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Only those with this verdict. Default any.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Only those given at this time or later. Default any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those given before this time. Default any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a rating is let through.</summary>
    /// <param name="rating">The rating.</param>
    public bool Matches(Rating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        return rating.Tenant == Tenant && (Verdict is null || rating.Verdict == Verdict) && !(rating.At < From) && !(rating.At >= Until);
    }
}
