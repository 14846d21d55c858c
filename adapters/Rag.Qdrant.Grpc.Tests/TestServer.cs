using Qdrant.Client;
using Rag.Storage;
using Rag.Testing.Qdrant;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>A double of a server with both of its sides, and stores over each.</summary>
internal sealed class TestServer : IDisposable
{
    public TestServer(Version? version = null)
    {
        Rest = new() { Version = version ?? new(1, 19, 0) };
        Grpc = new(Rest);
        Client = new(new Proto.QdrantGrpcClient(Grpc));
    }

    public QdrantDouble Rest { get; }

    public GrpcDouble Grpc { get; }

    public QdrantClient Client { get; }

    public static QdrantStoreOptions Options { get; } = new() { RetryDelay = TimeSpan.Zero, Collection = new() { VectorSizes = [1, 2, 3, 16] } };

    public async Task<IChunkStore> CreateAsync() => await OpenAsync(Guid.NewGuid().ToString("n"));

    public Task<QdrantChunkStore> OpenAsync(string collection = "docs", QdrantStoreOptions? options = null, CancellationToken cancellationToken = default) =>
        QdrantChunkStore.OpenAsync(new($"http://double:6334/{collection}"), options ?? Options, transport: new QdrantGrpcTransport(Client), cancellationToken: cancellationToken);

    public Task<QdrantChunkStore> OpenOverRestAsync(string collection = "docs") => QdrantChunkStore.OpenAsync(new($"http://double:6333/{collection}"), Options, transport: Rest);

    public void Dispose()
    {
        Client.Dispose();
        Grpc.Dispose();
        Rest.Dispose();
    }
}
