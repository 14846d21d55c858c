using Rag.Storage;
using Rag.Testing;

namespace Rag.Qdrant.Grpc.Tests;

public sealed class QdrantGrpcStoreContractTests : ChunkStoreContract, IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

public sealed class QdrantGrpcSearchContractTests : ChunkSearchContract, IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}
