using System.Text.Json.Nodes;
using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Chroma;

namespace Rag.Chroma.Tests;

/// <summary>What cannot be mended is said in a sentence.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly Document Some = Corpus.Text("a", "word one", "word two");

    private readonly ChromaDouble _server = new();

    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("A silent server spoke.");
        }
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("http://host:8000")]
    [InlineData("http://host:8000/tenant/docs")]
    [InlineData("ftp://host/docs")]
    public async Task An_address_without_a_collection_is_refused(string address) =>
        Assert.Contains("http://host:8000/collection", (await Assert.ThrowsAsync<ArgumentException>(() => ChromaChunkStore.OpenAsync(new(address)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_is_down_is_named()
    {
        _server.Http.Between = (_, _) => null;

        await AssertSaysAsync(_server.OpenAsync("docs"), _server.Http.Address, "cannot be reached", "Start it");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        using var silent = new Silent();

        await AssertSaysAsync(
            ChromaChunkStore.OpenAsync(new("http://host:8000/docs"), new() { RetryDelay = TimeSpan.Zero, Timeout = TimeSpan.FromMilliseconds(10) }, transport: silent),
            "did not answer within 0.01 seconds",
            "allow more time");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"detail":"Not Found"}""")]
    public async Task A_server_of_another_kind_is_named(string body)
    {
        _server.Http.Between = (_, _) => new(404, body);

        await AssertSaysAsync(_server.OpenAsync("docs"), "not a Chroma server", "0.6");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_refused_key_says_where_to_put_the_right_one(string? key)
    {
        using var locked = new ChromaDouble { ApiKey = "right" };

        await AssertSaysAsync(locked.OpenAsync("docs", key), "refuses the API key", "RAG_CHROMA_API_KEY");
        await using var store = await locked.OpenAsync("docs", "right");
    }

    [Fact]
    public async Task An_unknown_collection_is_not_made_by_reading()
    {
        await AssertSaysAsync(_server.OpenAsync("docs", create: false), "no collection 'docs'", "Make it");
        Assert.Empty(_server.Names);
    }

    [Fact]
    public async Task A_collection_of_another_program_is_left_alone()
    {
        _server.Add("docs");

        await AssertSaysAsync(_server.OpenAsync("docs"), "'docs'", "another program", "collection of its own");
        Assert.Empty(_server["docs"].Ids);
    }

    [Theory]
    [InlineData("l2", null, "'l2'")]
    [InlineData("cosine", 3, "3 numbers")]
    public async Task A_collection_of_vectors_that_compares_otherwise_is_left_alone(string space, int? dimension, string about)
    {
        _server.Add("docs-2", new JsonObject { ["rag"] = 1 }, space, dimension);
        await using var store = await _server.OpenAsync("docs");

        await AssertSaysAsync(store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some, _ => [1, 0])), "'docs-2'", about, "collection of its own");
    }

    [Fact]
    public async Task Records_of_another_program_are_named()
    {
        await using (var store = await _server.OpenAsync("docs"))
        {
            await store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some));
        }

        _server["docs"].Spoil(_server["docs"].Ids.Single(id => id.StartsWith("head:", StringComparison.Ordinal)), "not ours");
        await using var next = await _server.OpenAsync("docs");

        await AssertSaysAsync(next.ListDocumentsAsync(), "did not write", "place of its own");
    }

    [Fact]
    public async Task Records_that_are_missing_are_said_and_ingesting_again_mends_it()
    {
        await using var store = await _server.OpenAsync("docs");
        await store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some));
        foreach (var id in _server["docs"].Ids.Where(id => id.StartsWith("text:", StringComparison.Ordinal) || id.StartsWith("pack:", StringComparison.Ordinal)).ToList())
        {
            _server["docs"].Lose(id);
        }

        await AssertSaysAsync(store.GetDocumentAsync("a"), "'a'", "missing", "Ingest it again");
        await AssertSaysAsync(store.GetChunksAsync("a"), "'a'", "missing", "Ingest it again");
        await AssertSaysAsync(store.SearchKeywordsAsync(new("word"), 10), "missing", "ingest them again");

        await store.ReplaceDocumentAsync(Some, Corpus.Chunks(Some));
        Assert.Equal(2, (await store.SearchKeywordsAsync(new("word"), 10)).Count);
        Assert.Equal(Some.Text, (await store.GetDocumentAsync("a"))!.Text);
    }

    private static async Task AssertSaysAsync(Task work, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => work);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
