using Rag.Testing;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>One collection, opened over REST and over gRPC.</summary>
public sealed class SharedCollectionTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    private static Document Make(string id, int year) => Corpus.Text(id, $"fish {id}", "red fish \ud83d\ude00", "blue bird") with
    {
        Tenant = "t",
        Path = $"{id}.md",
        Language = "en",
        Groups = ["staff"],
        Tags = new Dictionary<string, string> { ["year"] = $"{year}" },
        Pages = new([0, 5]),
        Warnings = ["a page was empty"],
        Version = "v1",
    };

    private static IReadOnlyList<EmbeddedChunk> Chunks(Document document) => Corpus.Chunks(document, i => [document.Id[0] - 'a' + 0.25f, i - 0.75f, 0.5f], "model m");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_writes_the_other_reads(bool writtenOverRest)
    {
        await using var rest = await _server.OpenOverRestAsync();
        await using var grpc = await _server.OpenAsync();
        var (writer, reader) = writtenOverRest ? (rest, grpc) : (grpc, rest);
        foreach (var (id, i) in "abc".Select((c, i) => ($"{c}", i)))
        {
            await writer.ReplaceDocumentAsync(Make(id, 2000 + i), Chunks(Make(id, 2000 + i)));
        }

        await AssertSameAsync(rest, grpc, documents: 3);
        await reader.ReplaceDocumentAsync(Make("a", 2010), [.. Chunks(Make("a", 2010)).Take(1)]);
        Assert.True(await reader.DeleteDocumentAsync("b", "t"));
        await AssertSameAsync(rest, grpc, documents: 2);
    }

    [Fact]
    public async Task An_application_brings_its_client()
    {
        var client = _server.Client;
        // <open>
        await using var store = await QdrantChunkStore.OpenAsync(new("http://localhost:6334/docs"), transport: new QdrantGrpcTransport(client));
        // </open>
        await using var rest = await _server.OpenOverRestAsync();

        await rest.ReplaceDocumentAsync(Make("a", 2000), Chunks(Make("a", 2000)));

        Assert.Equal("a", Assert.Single(await store.ListDocumentsAsync("t")).Id);
    }

    [Fact]
    public async Task An_older_server_gives_vectors_in_their_old_form()
    {
        using var older = new TestServer(new(1, 15, 4));
        await using var rest = await older.OpenOverRestAsync();
        await using var grpc = await older.OpenAsync();

        await grpc.ReplaceDocumentAsync(Make("a", 2000), Chunks(Make("a", 2000)));

        await AssertSameAsync(rest, grpc, documents: 1);
    }

    private static async Task AssertSameAsync(QdrantChunkStore rest, QdrantChunkStore grpc, int documents)
    {
        var listed = await rest.ListDocumentsAsync("t");
        Assert.Equal(documents, listed.Count);
        Assert.Equivalent(listed, await grpc.ListDocumentsAsync("t"), strict: true);
        foreach (var document in listed)
        {
            Assert.Equivalent(await rest.GetDocumentAsync(document.Id, "t"), await grpc.GetDocumentAsync(document.Id, "t"), strict: true);
            var (expected, actual) = (await rest.GetChunksAsync(document.Id, "t"), await grpc.GetChunksAsync(document.Id, "t"));
            Assert.Equal(expected.Select(c => (c.Chunk.Text, c.Model, string.Join(' ', c.Vector.ToArray()))), actual.Select(c => (c.Chunk.Text, c.Model, string.Join(' ', c.Vector.ToArray()))));
            Assert.Equal(3, actual[0].Vector.Length);
        }

        Assert.Equal(await rest.GetVectorSpaceAsync("t"), await grpc.GetVectorSpaceAsync("t"));
        float[] vector = [0.5f, -0.25f, 1];
        foreach (var filter in (string[])["year >= 2000", "not year = 2001 and language = en", "year < 2001 or path = c.md"])
        {
            var query = new Query("red fish") { Tenant = "t", Groups = ["staff"], Filter = FilterParser.Parse(filter), Explain = true };
            var words = await grpc.SearchKeywordsAsync(query, 10);
            Assert.NotEmpty(words);
            Assert.Equivalent(await rest.SearchKeywordsAsync(query, 10), words, strict: true);
            Assert.NotEmpty(words[0].Terms);
            Corpus.AssertSame(await rest.SearchVectorsAsync(vector, query, 10), await grpc.SearchVectorsAsync(vector, query, 10));
            Corpus.AssertSame(await rest.SearchHybridAsync(vector, query, 10, new QdrantFusion.ReciprocalRank()), await grpc.SearchHybridAsync(vector, query, 10, new QdrantFusion.ReciprocalRank()));
            Corpus.AssertSame(await rest.SearchHybridAsync(vector, query, 10, new QdrantFusion.ScoreDistribution()), await grpc.SearchHybridAsync(vector, query, 10, new QdrantFusion.ScoreDistribution()));
        }
    }
}
