using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

public sealed class SqliteChunkStoreContractTests : ChunkStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    protected override async Task<IChunkStore> CreateAsync() => await SqliteChunkStore.OpenAsync(_folder[$"{_stores++}.db"]);
}
