using Rag.Testing;
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

    [Fact]
    public async Task Searches_of_the_store_alone_find_diverse_passages_and_documents()
    {
        using var server = new QdrantDouble();
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: server);
        var document = Corpus.Text("a", "red fish", "blue fish");
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => i == 0 ? [1, 0] : [0.6f, 0.8f]));
        var (vector, question) = (new float[] { 1, 0 }, "fish");
        // <searches>
        var passages = await store.SearchDiverseAsync(vector, new(question), top: 8, lambda: 0.7);
        var documents = await store.SearchDocumentsAsync(vector, new(question), top: 5, chunks: 3);
        // </searches>
        Assert.Equal(["a#0", "a#1"], passages.Select(p => p.Chunk.Id));
        Assert.Equal(["a#0", "a#1"], Assert.Single(documents).Chunks.Select(p => p.Chunk.Id));
    }
}
