using System.Runtime.CompilerServices;

namespace Rag.Ratings;

/// <summary>Keeps ratings for as long as the object lives. Safe for concurrent use.</summary>
/// <remarks>It does not know when documents are deleted; call <see cref="ForgetDocumentAsync"/>.</remarks>
public sealed class InMemoryRatingStore : IRatingStore
{
    private readonly Lock _lock = new();
    private readonly List<Rating> _ratings = [];

    /// <inheritdoc/>
    public Task AddAsync(Rating rating, CancellationToken cancellationToken = default)
    {
        RatingRules.Check(rating);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _ratings.RemoveAll(r => r.Id == rating.Id && r.Tenant == rating.Tenant);
            _ratings.Add(rating);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Rating> ListAsync(RatingFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new();
        foreach (var rating in Snapshot())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filter.Matches(rating))
            {
                yield return rating;
            }
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(tenant);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_ratings.RemoveAll(r => r.Id == id && r.Tenant == tenant) > 0);
        }
    }

    /// <inheritdoc/>
    public Task<int> ForgetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        cancellationToken.ThrowIfCancellationRequested();
        var forgotten = 0;
        lock (_lock)
        {
            for (var i = 0; i < _ratings.Count; i++)
            {
                if (!_ratings[i].Forgotten && _ratings[i].Tenant == tenant && _ratings[i].RestsOn(documentId))
                {
                    _ratings[i] = _ratings[i].Forget();
                    forgotten++;
                }
            }
        }

        return Task.FromResult(forgotten);
    }

    private Rating[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _ratings];
        }
    }
}
