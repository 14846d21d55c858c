using Rag.Storage;
using Rag.Testing;

namespace Rag.Qdrant.Grpc.Tests;

public sealed class QdrantGrpcStoreContractTests : ChunkStoreContract, IDisposable
{
    private readonly TestServer _server = new(new(1, 19, 0));

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

public sealed class QdrantGrpcSearchContractTests : ChunkSearchContract, IDisposable
{
    private readonly TestServer _server = new(new(1, 19, 0));

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}

/// <summary>A server that can neither add vectors nor count idf among what a query may see, and that answers vectors in their old form.</summary>
public sealed class OlderServerSearchContractTests : ChunkSearchContract, IDisposable
{
    private readonly TestServer _server = new(new(1, 15, 4));

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.CreateAsync();
}
