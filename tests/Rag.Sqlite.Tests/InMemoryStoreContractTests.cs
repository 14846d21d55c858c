using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

public sealed class InMemoryStoreContractTests : ChunkStoreContract
{
    protected override async Task<IChunkStore> CreateAsync() => await SqliteChunkStore.OpenAsync(":memory:");
}
