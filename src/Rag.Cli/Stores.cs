using Rag.Indexing;
using Rag.Qdrant;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>Opens what <c>--store</c> names: a SQLite file, or a collection of a Qdrant server as <c>qdrant:http[s]://host:port/collection</c>.</summary>
internal static class Stores
{
    private const string Qdrant = "qdrant:";

    /// <summary>The store at <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="CommandException">There is none, or the name is none of a store.</exception>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task<IChunkStore> OpenAsync(Session session, string name, KeywordModel? model, CancellationToken cancellationToken) =>
        IsQdrant(name) ? await OpenQdrantAsync(session, name, model, create: false, cancellationToken)
        : File.Exists(name) ? await OpenFileAsync(name, model, cancellationToken)
        : throw new CommandException(Directory.Exists(name)
            ? $"The store '{name}' is a folder. Give a file, such as --store {Path.Combine(name, "store.db")}."
            : $"There is no store at '{name}'. Make one: rag ingest PATH --store {name}");

    /// <summary>The store at <paramref name="name"/>, made when there is none.</summary>
    /// <exception cref="CommandException">The name is none of a store.</exception>
    /// <exception cref="StoreException">It cannot be opened or made.</exception>
    public static async Task<IChunkStore> OpenOrCreateAsync(Session session, string name, KeywordModel? model, CancellationToken cancellationToken) =>
        IsQdrant(name) ? await OpenQdrantAsync(session, name, model, create: true, cancellationToken) : await OpenFileAsync(name, model, cancellationToken);

    private static bool IsQdrant(string name) => name.StartsWith(Qdrant, StringComparison.OrdinalIgnoreCase);

    private static Task<SqliteChunkStore> OpenFileAsync(string path, KeywordModel? model, CancellationToken cancellationToken) =>
        SqliteChunkStore.OpenAsync(path, new SqliteStoreOptions { Model = model ?? KeywordModel.Default }, cancellationToken);

    private static Task<QdrantChunkStore> OpenQdrantAsync(Session session, string name, KeywordModel? model, bool create, CancellationToken cancellationToken)
    {
        if (model is not null && model != KeywordModel.Default && model != KeywordModel.Bm25)
        {
            throw new CommandException($"A Qdrant store weighs words in its own way, not as '{model.Name}'. Search it with --retriever default, bm25, dense or hybrid, or copy it to a file: rag copy --from {name} --to store.db", ExitCode.WrongUsage);
        }

        try
        {
            var options = new QdrantStoreOptions { ApiKey = session.Variable("RAG_QDRANT_API_KEY") };
            return QdrantChunkStore.OpenAsync(new(name[Qdrant.Length..]), options, create, session.Transport, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new CommandException($"'{name}' names no collection of a Qdrant server. Write it as --store qdrant:http://localhost:6333/docs.", ExitCode.WrongUsage);
        }
    }
}
