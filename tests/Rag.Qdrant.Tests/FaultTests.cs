using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

/// <summary>What goes wrong between a store and its server: nothing is lost, nothing is doubled, and what cannot be mended is said in a sentence.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly Uri Address = new("http://double:6333/docs");

    private static readonly Document Old = Corpus.Text("a", "word old one", "word old two", "word old three");

    private static readonly Document New = Corpus.Text("a", "word new one", "word new two");

    private readonly QdrantDouble _server = new();

    private sealed class KilledException : Exception;

    public void Dispose() => _server.Dispose();

    private Task<QdrantChunkStore> OpenAsync(string? key = null, bool create = true, TimeSpan? timeout = null) =>
        QdrantChunkStore.OpenAsync(Address, new() { ApiKey = key, RetryDelay = TimeSpan.Zero, AbandonedAfter = TimeSpan.Zero, Timeout = timeout ?? TimeSpan.FromSeconds(30) }, create, _server);

    [Theory]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public async Task Every_request_that_fails_once_is_tried_again(int status, bool afterApplying)
    {
        var calls = 0;
        _server.Between = async (_, _, pass) =>
        {
            if (++calls % 2 == 0)
            {
                return await pass();
            }

            if (afterApplying)
            {
                await pass();
            }

            return status == 0
                ? throw new HttpRequestException("Connection reset by peer.")
                : new((HttpStatusCode)status) { Content = new StringContent("busy", Encoding.UTF8), Headers = { { "Retry-After", "0" } } };
        };
        await using var store = await OpenAsync();

        await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0]));
        await store.ReplaceDocumentAsync(New, Corpus.Chunks(New, _ => [1, 0]));

        Assert.Equal(["a#0", "a#1"], (await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Select(c => c.Chunk.Id));
        Assert.Equal(New.Text, (await store.GetDocumentAsync("a"))!.Text);
        Assert.Equal(3, _server["docs"].Points.Count());
    }

    public static TheoryData<int, bool> Steps
    {
        get
        {
            var steps = new TheoryData<int, bool>();
            foreach (var step in Enumerable.Range(1, 6))
            {
                steps.Add(step, false);
                steps.Add(step, true);
            }

            return steps;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_writer_killed_at_any_step_leaves_the_old_document_or_the_new_one(int step, bool afterApplying)
    {
        await using (var store = await OpenAsync())
        {
            await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old));
            var calls = 0;
            _server.Between = async (_, _, pass) =>
            {
                if (++calls != step)
                {
                    return calls > step ? throw new KilledException() : await pass();
                }

                if (afterApplying)
                {
                    await pass();
                }

                throw new KilledException();
            };

            await Record.ExceptionAsync(() => store.ReplaceDocumentAsync(New, Corpus.Chunks(New)));
        }

        await AssertWholeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_switch_that_stopped_half_way_is_finished_on_the_next_opening(int operation)
    {
        await using (var store = await OpenAsync())
        {
            await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old));
            _server.BeforeOperation = i =>
            {
                if (i == operation)
                {
                    throw new KilledException();
                }
            };
            await Assert.ThrowsAsync<KilledException>(() => store.ReplaceDocumentAsync(New, Corpus.Chunks(New)));

            var found = await store.SearchKeywordsAsync(new("word"), 10);
            Assert.Single(found.Select(c => c.Chunk.Text.Contains("new", StringComparison.Ordinal)).Distinct());
            Assert.Equal(found.Select(c => c.Chunk.Text).Order(), Assert.Single(await store.SearchDocumentsAsync(new("word"), 10, 10)).Chunks.Select(c => c.Chunk.Text).Order());
        }

        Assert.Equal(New.Text, await AssertWholeAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_batch_that_was_written_by_half_leaves_the_old_document_or_the_new_one(int points)
    {
        await using (var store = await OpenAsync())
        {
            await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old));
            _server.BeforePoint = QdrantFaults.HalfWritten(points);
            await Record.ExceptionAsync(() => store.ReplaceDocumentAsync(New, Corpus.Chunks(New)));
        }

        await AssertWholeAsync();
    }

    /// <summary>Opens the store again: it holds one version, all of it and nothing else.</summary>
    private async Task<string> AssertWholeAsync()
    {
        (_server.Between, _server.BeforeOperation, _server.BeforePoint) = ((_, _, pass) => pass(), _ => { }, _ => { });
        await using var store = await OpenAsync();
        var text = (await store.GetDocumentAsync("a"))!.Text;

        Assert.Contains(text, (string[])[Old.Text, New.Text]);
        var lines = text.Split('\n');
        Assert.Equal(lines.Order(), (await store.SearchKeywordsAsync(new("word"), 10)).Select(c => c.Chunk.Text).Order());
        Assert.Equal(lines.Length + 1, _server["docs"].Points.Count());
        Assert.Equal(lines.Length, Assert.Single(await store.ListDocumentsAsync()).Chunks);
        return text;
    }

    [Fact]
    public async Task Writers_of_one_document_at_once_leave_one_version_whole()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var versions = Enumerable.Range(0, 20).Select(v => Corpus.Text("a", [.. Enumerable.Range(0, 1 + (v % 4)).Select(i => $"word v{v} {i}")])).ToArray();
        _server.Between = async (_, _, pass) =>
        {
            await Task.Yield();
            return await pass();
        };

        await Task.WhenAll(versions.Select((v, i) => Task.Run(() => (i % 2 == 0 ? one : other).ReplaceDocumentAsync(v, Corpus.Chunks(v)))));

        var text = (await one.GetDocumentAsync("a"))!.Text;
        Assert.Equal(text.Split('\n').Order(), (await other.SearchKeywordsAsync(new("word"), 100)).Select(c => c.Chunk.Text).Order());
    }

    [Fact]
    public async Task A_server_that_is_down_is_named()
    {
        _server.Between = (_, _, _) => throw new HttpRequestException("Connection refused (double:6333)");

        await AssertSaysAsync(OpenAsync(), "http://double:6333", "cannot be reached", "Start it");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        _server.Between = QdrantFaults.NoAnswer;

        await AssertSaysAsync(OpenAsync(timeout: TimeSpan.FromMilliseconds(10)), "did not answer within 0.01 seconds", "allow more time");
    }

    [Fact]
    public async Task A_proxy_that_gave_up_waiting_for_the_server_is_named()
    {
        _server.Between = (_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.GatewayTimeout) { Content = new StringContent("upstream timed out") });

        await AssertSaysAsync(OpenAsync(), "did not answer in time", "four tries: upstream timed out.", "allow more time");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_refused_key_says_where_to_put_the_right_one(string? key)
    {
        using var locked = new QdrantDouble { ApiKey = "right" };

        await AssertSaysAsync(QdrantChunkStore.OpenAsync(Address, new() { ApiKey = key }, transport: locked), "refuses the API key", "RAG_QDRANT_API_KEY");
        await using var store = await QdrantChunkStore.OpenAsync(Address, new() { ApiKey = "right" }, transport: locked);
    }

    [Fact]
    public async Task An_unknown_collection_is_not_made_by_reading() => await AssertSaysAsync(OpenAsync(create: false), "no collection 'docs'", "Make it");

    [Fact]
    public async Task An_older_server_is_named_with_what_is_needed()
    {
        using var old = new QdrantDouble { Version = new(1, 9, 2) };

        await AssertSaysAsync(QdrantChunkStore.OpenAsync(Address, transport: old), "version 1.9.2", "1.15", "Query API", "Update");
    }

    [Fact]
    public async Task A_server_that_cannot_add_vectors_says_what_to_do()
    {
        using var older = new QdrantDouble { Version = new(1, 16, 0) };
        await using var store = await QdrantChunkStore.OpenAsync(Address, transport: older);

        await AssertSaysAsync(store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0])), "no vectors of 2 numbers", "VectorSizes", "1.19");
    }

    [Theory]
    [InlineData("""{"vectors":{"size":4,"distance":"Cosine"}}""", "another program")]
    [InlineData("""{"vectors":{"size":4,"distance":"Cosine"},"sparse_vectors":{"words":{}}}""", "another program")]
    [InlineData("""{"vectors":{"text":{"size":4,"distance":"Cosine"}}}""", "another program")]
    [InlineData("""{"vectors":{"dense-4":{"size":4,"distance":"Cosine"}}}""", "another program")]
    [InlineData("""{"vectors":{"dense-4":{"size":4,"distance":"Dot"}},"sparse_vectors":{"words":{}}}""", "Dot")]
    [InlineData("""{"vectors":{"dense-4":{"size":8,"distance":"Cosine"}},"sparse_vectors":{"words":{}}}""", "8 numbers")]
    public async Task A_collection_of_another_making_is_left_alone(string configuration, string about)
    {
        _server.Add("docs", JsonNode.Parse(configuration)!.AsObject());

        await AssertSaysAsync(OpenAsync(), about, "http://double:6333/docs", "collection of its own");
    }

    [Fact]
    public async Task A_document_that_is_too_long_for_one_request_says_what_to_do()
    {
        using var small = new QdrantDouble { MaxRequestBytes = 10_000 };
        await using var store = await QdrantChunkStore.OpenAsync(Address, transport: small);
        var document = Corpus.Text("a", new string('x', 20_000));

        await AssertSaysAsync(store.ReplaceDocumentAsync(document, []), "too long", "limit: 10000 bytes", "max_request_size_mb");
        Assert.Empty(await store.ListDocumentsAsync());
    }

    [Fact]
    public async Task Points_of_another_program_are_named()
    {
        await using var store = await OpenAsync();
        _server["docs"].Upsert(JsonNode.Parse("""{"points":[{"id":"00000000-0000-0000-0000-000000000001","vector":{},"payload":{"kind":"document","tenant":""}}]}""")!);

        await AssertSaysAsync(store.ListDocumentsAsync(), "did not write", "collection of its own");
    }

    private static async Task AssertSaysAsync(Task work, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => work);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
