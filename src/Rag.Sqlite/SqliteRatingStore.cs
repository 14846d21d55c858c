using System.Runtime.CompilerServices;
using Rag.Ratings;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Ratings in the SQLite file of a <see cref="SqliteChunkStore"/>. Safe for concurrent use, also by several processes.</summary>
/// <remarks>
/// A document that is deleted takes the texts of the ratings that rest on it with it, in the same transaction, whether or not this object is open; so does one that is
/// replaced by a version which no longer holds a rated passage word for word. Half a surrogate pair in a text comes back as U+FFFD. Times are kept in UTC.
/// </remarks>
public sealed class SqliteRatingStore : IRatingStore, IAsyncDisposable
{
    private const int PageSize = 64;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly StoreDatabase _database;
    private bool _closed;

    private SqliteRatingStore(StoreDatabase database) => _database = database;

    /// <summary>Opens the ratings of a store, creating the file and its folder where there is none.</summary>
    /// <param name="path">The store's file, or <c>:memory:</c> for ratings that live as long as the object.</param>
    /// <param name="options">Patience and clock; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StoreException">The file is no store, damaged, made by a newer program, or cannot be opened or created.</exception>
    public static Task<SqliteRatingStore> OpenAsync(string path, SqliteStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return StoreErrors.GuardedAsync(path, () => Task.Run(() => new SqliteRatingStore(StoreDatabase.Open(path, options ?? new())), cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file cannot be written now; the message says why and what to do.</exception>
    public Task AddAsync(Rating rating, CancellationToken cancellationToken = default)
    {
        RatingRules.Check(rating);
        return WriteAsync(
            rows =>
            {
                rows.Add(rating);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file cannot be read; the message says why and what to do.</exception>
    public async IAsyncEnumerable<Rating> ListAsync(RatingFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        filter ??= new();
        var after = 0L;
        IReadOnlyList<(long Row, Rating Rating)> page;
        do
        {
            page = await LockedAsync(rows => Task.FromResult(rows.List(filter, after, PageSize)), cancellationToken);
            foreach (var (row, rating) in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return rating;
                after = row;
            }
        }
        while (page.Count == PageSize);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file cannot be written now; the message says why and what to do.</exception>
    public Task<bool> DeleteAsync(string id, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(tenant);
        return RemoveAsync(rows => rows.Delete(id, tenant), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The file cannot be written now; the message says why and what to do.</exception>
    public Task<int> ForgetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return RemoveAsync(rows => rows.Forget(documentId, tenant), cancellationToken);
    }

    /// <summary>Closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        if (!_closed)
        {
            _closed = true;
            _database.Dispose();
        }

        _gate.Release();
    }

    // What was removed still stands in the log; were it not emptied, it would until the next checkpoint.
    private async Task<T> RemoveAsync<T>(Func<RatingRows, T> change, CancellationToken cancellationToken)
    {
        var result = await WriteAsync(change, cancellationToken);
        await LockedAsync(_ => Task.FromResult(_database.TryTruncateLog()), CancellationToken.None);
        return result;
    }

    private Task<T> WriteAsync<T>(Func<RatingRows, T> change, CancellationToken cancellationToken) => LockedAsync(
        async rows =>
        {
            await _database.BeginWriteAsync(cancellationToken);
            try
            {
                var result = change(rows);
                cancellationToken.ThrowIfCancellationRequested();
                _database.Commit();
                return result;
            }
            catch
            {
                _database.Rollback();
                throw;
            }
        },
        cancellationToken);

    private Task<T> LockedAsync<T>(Func<RatingRows, Task<T>> use, CancellationToken cancellationToken) => StoreErrors.GuardedAsync(_database.Path, async () =>
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return await use(_database.Ratings);
        }
        finally
        {
            _gate.Release();
        }
    });
}
