using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class DocumentSearchTests : IDisposable
{
    private static readonly string[] Words = ["fish", "frog", "bird", "moss", "stone"];

    private readonly QdrantDouble _server = new();

    public void Dispose() => _server.Dispose();

    private async Task<QdrantChunkStore> FilledAsync(int seed)
    {
        var random = new Random(seed);
        var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        for (var d = 0; d < 12; d++)
        {
            var document = Corpus.Text($"d{d:00}", [.. Enumerable.Range(0, random.Next(1, 10)).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Words[random.Next(Words.Length)])))]) with
            {
                Tenant = d == 11 ? "other" : "",
                Groups = d % 4 == 3 ? ["staff"] : [],
                Tags = new Dictionary<string, string> { ["odd"] = $"{d % 2}" },
            };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, _ => [random.Next(1, 3), random.Next(1, 3)])); // many are equal
        }

        _server.Exchanges.Clear();
        return store;
    }

    [Theory]
    [InlineData(1, 4, 2)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 20, 9)]
    [InlineData(4, 1, 3)]
    [InlineData(5, 6, 2)]
    public async Task SearchDocuments_groups_what_a_search_for_chunks_finds(int seed, int top, int chunks)
    {
        await using var store = await FilledAsync(seed);
        var vector = new float[] { 2, 1 };
        foreach (var query in (Query[])[new("fish bird"), new("frog") { Groups = ["staff"] }, new("moss stone fish") { Filter = Filter.Equal("odd", "1") }, new("bird") { Tenant = "other" }])
        {
            AssertSame(Grouped(await store.SearchKeywordsAsync(query, 1_000), top, chunks), await store.SearchDocumentsAsync(query, top, chunks));
            AssertSame(Grouped(await store.SearchVectorsAsync(vector, query, 1_000), top, chunks), await store.SearchDocumentsAsync(vector, query, top, chunks));
        }
    }

    [Fact]
    public async Task SearchDocuments_is_one_request()
    {
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        foreach (var (id, text) in (IEnumerable<(string, string)>)[("a", "fish"), ("b", "fish fish"), ("c", "fish fish fish")])
        {
            await store.ReplaceDocumentAsync(Corpus.Text(id, text), Corpus.Chunks(Corpus.Text(id, text)));
        }

        _server.Exchanges.Clear();

        Assert.Equal(["c", "b"], (await store.SearchDocumentsAsync(new("fish"), 2, 1)).Select(d => d.DocumentId));
        Assert.Equal("/collections/docs/points/query/groups", Assert.Single(_server.Exchanges).Path);
        Assert.Empty(await store.SearchDocumentsAsync(new("?"), 2, 1));
    }

    [Fact]
    public async Task SearchDocuments_chooses_among_equals_by_id()
    {
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), transport: _server);
        foreach (var id in (string[])["z", "b", "y", "a", "x", "w", "v", "u"])
        {
            var document = Corpus.Text(id, [.. Enumerable.Repeat("fish", 20)]) with { Title = "" };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        Assert.Equal(["a#0", "a#1", "b#0", "b#1"], (await store.SearchDocumentsAsync(new("fish"), 2, 2)).SelectMany(d => d.Chunks).Select(c => c.Chunk.Id));
    }

    private static List<ScoredDocument> Grouped(IReadOnlyList<ScoredChunk> found, int top, int chunks) =>
    [
        .. found.GroupBy(f => f.Chunk.DocumentId).Select(g => new ScoredDocument(g.Key, [.. g.Take(chunks)]))
            .OrderByDescending(d => d.Chunks[0].Score).ThenBy(d => d.DocumentId, StringComparer.Ordinal).Take(top),
    ];

    private static void AssertSame(List<ScoredDocument> expected, IReadOnlyList<ScoredDocument> actual)
    {
        Assert.Equal(expected.Select(d => d.DocumentId), actual.Select(d => d.DocumentId));
        Assert.All(expected.Zip(actual), pair => Corpus.AssertSame(pair.First.Chunks, pair.Second.Chunks));
    }
}
