using Rag.Chroma;
using Rag.Indexing;
using Rag.Pinecone;
using Rag.Qdrant;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>Opens what <c>--store</c> names: a SQLite file, or a place on a server, which begins with the server's kind and a colon.</summary>
internal static class Stores
{
    private static readonly IReadOnlyList<ServerKind> Servers =
    [
        new("qdrant:", "no collection of a Qdrant server", "http://localhost:6333/docs", OpenQdrantAsync),
        new("chroma:", "no collection of a Chroma server", "http://localhost:8000/docs", (session, address, model, create, cancellationToken) =>
            ChromaChunkStore.OpenAsync(address, new() { ApiKey = session.Variable("RAG_CHROMA_API_KEY"), Model = model }, create, session.Transport, cancellationToken)),
        new("pinecone:", "no index of Pinecone", "https://INDEX_HOST", (session, address, model, _, cancellationToken) =>
            PineconeChunkStore.OpenAsync(address, new() { ApiKey = session.Variable("RAG_PINECONE_API_KEY"), Model = model }, session.Transport, cancellationToken)),
    ];

    private delegate Task<IChunkStore> Opening(Session session, Uri address, KeywordModel model, bool create, CancellationToken cancellationToken);

    /// <param name="Prefix">What a store's name begins with.</param>
    /// <param name="Not">What a name is that has the prefix and nothing proper behind it.</param>
    /// <param name="Example">An address.</param>
    /// <param name="OpenAsync">Opens it.</param>
    private sealed record ServerKind(string Prefix, string Not, string Example, Opening OpenAsync);

    /// <summary>The store at <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="CommandException">There is none, or the name is none of a store.</exception>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task<IChunkStore> OpenAsync(Session session, string name, KeywordModel? model, CancellationToken cancellationToken) =>
        ServerOf(name) is { } server ? await OpenAsync(session, server, name, model, create: false, cancellationToken)
        : File.Exists(name) ? await OpenFileAsync(name, model, cancellationToken)
        : throw new CommandException(Directory.Exists(name)
            ? $"The store '{name}' is a folder. Give a file, such as --store {Path.Combine(name, "store.db")}."
            : $"There is no store at '{name}'. Make one: rag ingest PATH --store {name}");

    /// <summary>The store at <paramref name="name"/>, made when there is none.</summary>
    /// <exception cref="CommandException">The name is none of a store.</exception>
    /// <exception cref="StoreException">It cannot be opened or made.</exception>
    public static async Task<IChunkStore> OpenOrCreateAsync(Session session, string name, KeywordModel? model, CancellationToken cancellationToken) =>
        ServerOf(name) is { } server ? await OpenAsync(session, server, name, model, create: true, cancellationToken) : await OpenFileAsync(name, model, cancellationToken);

    /// <summary>Whether a name is that of a SQLite file, which keeps ratings too.</summary>
    public static bool IsFile(string name) => ServerOf(name) is null;

    /// <summary>The ratings in the store at <paramref name="name"/>, which must exist.</summary>
    /// <exception cref="CommandException">There is none, or it is no SQLite file.</exception>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task<SqliteRatingStore> OpenRatingsAsync(string name, CancellationToken cancellationToken) =>
        !IsFile(name) ? throw new CommandException($"Ratings are kept in SQLite files, and '{name}' is on a server. Give --store FILE.", ExitCode.WrongUsage)
        : File.Exists(name) ? await SqliteRatingStore.OpenAsync(name, cancellationToken: cancellationToken)
        : throw new CommandException($"There is no store at '{name}'. Make one: rag ingest PATH --store {name}");

    private static ServerKind? ServerOf(string name) => Servers.FirstOrDefault(s => name.StartsWith(s.Prefix, StringComparison.OrdinalIgnoreCase));

    private static Task<SqliteChunkStore> OpenFileAsync(string path, KeywordModel? model, CancellationToken cancellationToken) =>
        SqliteChunkStore.OpenAsync(path, new SqliteStoreOptions { Model = model ?? KeywordModel.Default }, cancellationToken);

    private static async Task<IChunkStore> OpenQdrantAsync(Session session, Uri address, KeywordModel model, bool create, CancellationToken cancellationToken) =>
        model == KeywordModel.Default || model == KeywordModel.Bm25
            ? await QdrantChunkStore.OpenAsync(address, new() { ApiKey = session.Variable("RAG_QDRANT_API_KEY") }, create, session.Transport, cancellationToken)
            : throw new CommandException($"A Qdrant store weighs words in its own way, not as '{model.Name}'. Search it with --retriever default, bm25, dense or hybrid, or copy it to a file: rag copy --from qdrant:{address} --to store.db", ExitCode.WrongUsage);

    private static async Task<IChunkStore> OpenAsync(Session session, ServerKind server, string name, KeywordModel? model, bool create, CancellationToken cancellationToken)
    {
        try
        {
            return await server.OpenAsync(session, new(name[server.Prefix.Length..]), model ?? KeywordModel.Default, create, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new CommandException($"'{name}' names {server.Not}. Write it as --store {server.Prefix}{server.Example}.", ExitCode.WrongUsage);
        }
    }
}
