using System.Text.Json.Nodes;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

/// <summary>What is sent, and what the double answers, is what Qdrant's published OpenAPI document says.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Requests_and_answers_are_those_of_the_published_API()
    {
        var api = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Require("qdrant-openapi/openapi.json")))!;
        using var server = new QdrantDouble();
        var options = new QdrantStoreOptions { Collection = new() { Shards = 2, Replicas = 2, WriteConsistency = 1, OnDisk = true, Quantized = true, VectorSizes = [2] } };
        await using (var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), options, transport: server))
        {
            foreach (var size in (int[])[2, 3])
            {
                var document = Corpus.Text("a", "red fish", "blue bird") with { Tenant = $"t{size}", Groups = ["staff"], Tags = new Dictionary<string, string> { ["year"] = "2020" } };
                await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [.. Enumerable.Range(0, size).Select(d => d == i ? 1f : 0f)], "model m"));
                await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [.. Enumerable.Range(0, size).Select(d => d == i ? 1f : 0f)], "model m"));
            }

            var query = new Query("fish bird") { Tenant = "t2", Groups = ["staff"], Filter = FilterParser.Parse("year > 2000 and not (product = x or language = de)"), Explain = true };
            Assert.Equal(2, (await store.SearchKeywordsAsync(query, 5)).Count);
            Assert.Equal(2, (await store.SearchVectorsAsync(new float[] { 1, 0 }, query, 5)).Count);
            Assert.Equal(2, (await store.SearchHybridAsync(new float[] { 1, 0 }, query, 5, new QdrantFusion.ReciprocalRank())).Count);
            Assert.Equal(2, (await store.SearchHybridAsync(new float[] { 1, 0 }, query, 5, new QdrantFusion.ScoreDistribution())).Count);
            Assert.Equal(2, (await store.SearchDiverseAsync(new float[] { 1, 0 }, query, 5)).Count);
            Assert.Single(await store.SearchDocumentsAsync(query, 5, 2));
            Assert.Single(await store.SearchDocumentsAsync(new float[] { 1, 0 }, query, 5, 2));
            Assert.Equal(2, (await store.GetChunksAsync("a", "t2")).Count);
            Assert.NotNull(await store.GetVectorSpaceAsync("t2"));
            Assert.Single(await store.ListDocumentsAsync("t2"));
            Assert.True(await store.DeleteDocumentAsync("a", "t3"));
        }

        var schema = new OpenApiDocument(api);
        Assert.All(server.Exchanges, exchange => Assert.Empty(schema.Faults(exchange)));
    }
}
