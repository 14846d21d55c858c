using Rag.Indexing;
using Rag.Sqlite;

namespace Rag.Cli;

/// <summary>Opens what <c>--store</c> names.</summary>
internal static class Stores
{
    /// <summary>The store at <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="CommandException">There is none, or of a kind that is not there yet.</exception>
    public static Task<SqliteChunkStore> OpenAsync(string name, KeywordModel? model, CancellationToken cancellationToken)
    {
        ThrowIfQdrant(name);
        return File.Exists(name)
            ? OpenFileAsync(name, model, cancellationToken)
            : throw new CommandException(Directory.Exists(name)
                ? $"The store '{name}' is a folder. Give a file, such as --store {Path.Combine(name, "store.db")}."
                : $"There is no store at '{name}'. Make one: rag ingest PATH --store {name}");
    }

    /// <summary>The store at <paramref name="name"/>, made when there is none.</summary>
    /// <exception cref="CommandException">It is of a kind that is not there yet.</exception>
    public static Task<SqliteChunkStore> OpenOrCreateAsync(string name, KeywordModel? model, CancellationToken cancellationToken)
    {
        ThrowIfQdrant(name);
        return OpenFileAsync(name, model, cancellationToken);
    }

    private static Task<SqliteChunkStore> OpenFileAsync(string path, KeywordModel? model, CancellationToken cancellationToken) =>
        SqliteChunkStore.OpenAsync(path, new SqliteStoreOptions { Model = model ?? KeywordModel.Default }, cancellationToken);

    private static void ThrowIfQdrant(string name)
    {
        if (name.StartsWith("qdrant:", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandException("Qdrant stores are not there yet: one will keep the documents of several machines in one collection. Use a SQLite file, such as --store .rag/store.db.");
        }
    }
}
