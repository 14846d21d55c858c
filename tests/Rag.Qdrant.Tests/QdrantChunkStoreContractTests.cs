using Rag.Storage;
using Rag.Testing;

namespace Rag.Qdrant.Tests;

public sealed class QdrantChunkStoreContractTests : ChunkStoreContract, IAsyncDisposable
{
    private readonly TestServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

public sealed class QdrantChunkSearchContractTests : ChunkSearchContract, IAsyncDisposable
{
    private readonly TestServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}
