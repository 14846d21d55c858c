using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class ClusterTests
{
    [Fact]
    public async Task A_collection_is_laid_out_as_it_was_asked_for()
    {
        using var server = new QdrantDouble();
        // <cluster>
        var options = new QdrantStoreOptions
        {
            ApiKey = Environment.GetEnvironmentVariable("RAG_QDRANT_API_KEY"),
            Collection = new() { Shards = 6, Replicas = 2, WriteConsistency = 2, OnDisk = true, Quantized = true },
        };
        // </cluster>
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), options, transport: server);

        var made = Assert.Single(server.Exchanges, e => e is { Method: "PUT", Path: "/collections/docs" }).Request!;
        Assert.Equal((6, 2, 2), ((int)made["shard_number"]!, (int)made["replication_factor"]!, (int)made["write_consistency_factor"]!));
    }
}
