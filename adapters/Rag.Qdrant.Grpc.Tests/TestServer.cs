using Qdrant.Client;
using Rag.Storage;
using Rag.Testing.Qdrant;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>A double of a server with both of its sides, and stores over each.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly QdrantClient _client;

    public TestServer(Version version, TimeSpan grpcTimeout = default)
    {
        Rest = new() { Version = version };
        Grpc = new(Rest);
        _client = new(new Proto.QdrantGrpcClient(Grpc), grpcTimeout);
    }

    public QdrantDouble Rest { get; }

    public GrpcDouble Grpc { get; }

    public async Task<IChunkStore> CreateAsync() => await OpenAsync($"test-{Guid.NewGuid():n}");

    public Task<QdrantChunkStore> OpenAsync(string collection = "docs", bool create = true, CancellationToken cancellationToken = default) =>
        QdrantChunkStore.OpenAsync(new($"http://double:6334/{collection}"), Options, create, new QdrantGrpcTransport(_client), cancellationToken);

    public Task<QdrantChunkStore> OpenOverRestAsync(string collection = "docs") => QdrantChunkStore.OpenAsync(new($"http://double:6333/{collection}"), Options, transport: Rest);

    public void Dispose()
    {
        _client.Dispose();
        Grpc.Dispose();
        Rest.Dispose();
    }

    private static QdrantStoreOptions Options => new() { RetryDelay = TimeSpan.Zero, Collection = new() { VectorSizes = [1, 2, 3, 16] } };
}
