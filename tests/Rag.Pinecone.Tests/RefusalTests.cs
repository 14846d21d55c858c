using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Pinecone;

namespace Rag.Pinecone.Tests;

/// <summary>What cannot be mended is said in a sentence.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly Document Some = Corpus.Text("a", "word one", "word two");

    private readonly PineconeDouble _index = new();

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("https://host/index")]
    [InlineData("ftp://host")]
    public async Task An_address_that_is_no_host_is_refused(string address) =>
        Assert.Contains("https://INDEX_HOST", (await Assert.ThrowsAsync<ArgumentException>(() => PineconeChunkStore.OpenAsync(new(address)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_index_that_cannot_be_reached_is_named()
    {
        _index.Http.Between = (_, _) => null;

        await AssertSaysAsync(_index.OpenAsync(), _index.Http.Address, "cannot be reached", "console");
    }

    [Fact]
    public async Task A_host_without_an_index_is_named()
    {
        _index.Http.Between = (_, _) => new(404, "");

        await AssertSaysAsync(_index.OpenAsync(), "no Pinecone index", "serverless");
    }

    [Fact]
    public async Task A_server_of_another_kind_is_named()
    {
        _index.Http.Between = (_, _) => new(200, "<html>");

        await AssertSaysAsync(_index.OpenAsync(), "not a Pinecone index", "Check the index's host");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_refused_key_says_where_to_put_the_right_one(string? key)
    {
        using var locked = new PineconeDouble { ApiKey = "right" };

        await AssertSaysAsync(locked.OpenAsync(key), "refuses the API key", "RAG_PINECONE_API_KEY");
        await using var store = await locked.OpenAsync("right");
    }

    [Fact]
    public async Task An_index_of_another_metric_is_named()
    {
        using var other = new PineconeDouble { Metric = "dotproduct" };

        await AssertSaysAsync(other.OpenAsync(), "'dotproduct'", "metric cosine");
    }

    [Fact]
    public async Task An_index_of_sparse_vectors_is_named()
    {
        using var sparse = new PineconeDouble { Dimension = null };

        await AssertSaysAsync(sparse.OpenAsync(), "sparse", "metric cosine");
    }

    [Fact]
    public async Task Vectors_longer_than_the_index_takes_are_refused()
    {
        await using var store = await _index.OpenAsync();

        await AssertSaysAsync(store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some, _ => new float[17].Append(1).ToArray())), "up to 16 numbers, not of 18", "smaller model");
        Assert.Empty(await store.ListDocumentsAsync());
    }

    [Fact]
    public async Task A_write_that_is_never_seen_is_said()
    {
        await using var store = await _index.OpenAsync();
        _index.Http.Between = (request, pass) => pass() is var answer && request.Path == "/query" ? answer with { Headers = new Dictionary<string, string> { ["x-pinecone-max-indexed-lsn"] = "0" } } : answer;

        await AssertSaysAsync(store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some)), "cannot be read yet", "It is stored");
    }

    [Fact]
    public async Task A_service_that_tells_no_numbers_is_not_waited_for()
    {
        using var emulator = new PineconeDouble { TellsNumbers = false };
        await using var store = await emulator.OpenAsync();

        await store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some));

        Assert.Equal(2, (await store.SearchKeywordsAsync(new("word"), 10)).Count);
    }

    [Fact]
    public async Task Tenants_are_namespaces()
    {
        await using var store = await _index.OpenAsync();
        foreach (var tenant in (string[])["", "acme", "Ä b/c"])
        {
            var document = Some with { Tenant = tenant };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        var spaces = _index.Http.Exchanges.Where(e => e.Request.Path == "/vectors/upsert").Select(e => (string)System.Text.Json.Nodes.JsonNode.Parse(e.Request.Body)!["namespace"]!).Distinct().ToList();
        Assert.Equal(4, spaces.Count);
        Assert.Superset(new HashSet<string> { "journal", "t-", "t-acme" }, spaces.ToHashSet());
        Assert.All(spaces, s => Assert.Matches("^[a-zA-Z0-9_-]+$", s));
    }

    private static async Task AssertSaysAsync(Task work, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => work);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
