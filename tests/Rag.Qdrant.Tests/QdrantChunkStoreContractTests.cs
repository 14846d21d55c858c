using Rag.Storage;
using Rag.Testing;

namespace Rag.Qdrant.Tests;

public sealed class QdrantChunkStoreContractTests : ChunkStoreContract, IAsyncDisposable
{
    private readonly TestServer _server = new(new(1, 19, 0));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

public sealed class QdrantChunkSearchContractTests : ChunkSearchContract, IAsyncDisposable
{
    private readonly TestServer _server = new(new(1, 19, 0));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

/// <summary>A server that can neither add vectors nor count idf among what a query may see.</summary>
public sealed class OlderServerSearchContractTests : ChunkSearchContract, IAsyncDisposable
{
    private readonly TestServer _server = new(new(1, 15, 4));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}
