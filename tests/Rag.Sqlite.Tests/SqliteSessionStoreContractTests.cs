using Rag.Conversations;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

public sealed class SqliteSessionStoreContractTests : SessionStoreContract, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteChunkStore? _store;

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<ISessionStore> CreateAsync(params Document[] documents)
    {
        _store = await SqliteChunkStore.OpenAsync(_folder["store.db"]);
        foreach (var document in documents)
        {
            await _store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        return _store.Sessions;
    }
}

public sealed class InMemorySqliteSessionStoreContractTests : SessionStoreContract
{
    protected override async Task<ISessionStore> CreateAsync(params Document[] documents)
    {
        var store = await SqliteChunkStore.OpenAsync(":memory:");
        foreach (var document in documents)
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        return store.Sessions;
    }
}
