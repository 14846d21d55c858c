using Microsoft.Extensions.DependencyInjection.Extensions;
using Rag.Sqlite;
using Rag.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the embedded store.</summary>
public static class SqliteServices
{
    /// <summary>Adds a <see cref="SqliteChunkStore"/> as the <see cref="IChunkStore"/>: a singleton, opened when it is first asked for and closed with the container.</summary>
    /// <param name="services">Where to add it; a store that is already registered stays.</param>
    /// <param name="path">The SQLite file; made when there is none.</param>
    /// <remarks>Dispose the container asynchronously, as a host does. Opening throws <see cref="StoreException"/> where the file cannot be used.</remarks>
    public static IServiceCollection AddSqliteChunkStore(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);

        // A container builds services synchronously; the store opens on the thread pool, so waiting here cannot deadlock.
        services.TryAddSingleton<IChunkStore>(_ => SqliteChunkStore.OpenAsync(path).GetAwaiter().GetResult());
        return services;
    }
}
