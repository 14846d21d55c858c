using System.Text;
using Rag.Ratings;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

public sealed class SqliteRatingStoreTests : RatingStoreContract, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteRatingStore> _stores = [];

    private string File => _folder["store.db"];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder.Dispose();
    }

    protected override async Task<IRatingStore> CreateAsync() => await OpenAsync(_folder[$"{_stores.Count}.db"]);

    [Fact]
    public async Task Ratings_in_memory_live_as_long_as_the_object()
    {
        var store = await OpenAsync(":memory:");

        await store.AddAsync(SampleRatings.Of("r1", Verdict.Good, "Who?", "Ada [1].", "It was Ada."));

        Assert.Single(await store.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task Ratings_are_there_when_the_file_is_opened_again()
    {
        await using (var first = await SqliteRatingStore.OpenAsync(File))
        {
            await first.AddAsync(SampleRatings.Of("r1", Verdict.Good, "Who?", "Ada [1].", "It was Ada."));
        }

        Assert.Equal("r1", Assert.Single(await (await OpenAsync(File)).ListAsync().ToListAsync()).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_a_document_leaves_nothing_of_it_in_ratings(bool open)
    {
        var ratings = await SqliteRatingStore.OpenAsync(File);
        await using var chunks = await SqliteChunkStore.OpenAsync(File);
        await StoreAsync(chunks, "secret", "The password of zq5531qz is plum.");
        await StoreAsync(chunks, "kept", "The archive lies in keep7719keep.");
        await ratings.AddAsync(await RatedAsync(chunks, "r1", "secret", "kept"));
        await ratings.AddAsync(await RatedAsync(chunks, "r2", "kept"));
        if (!open)
        {
            await ratings.DisposeAsync();
        }

        Assert.True(Holds("zq5531qz") && Holds("said5531said"));
        await chunks.DeleteDocumentAsync("secret");

        Assert.False(Holds("zq5531qz"), "the document's text is still in a file");
        Assert.False(Holds("said5531said"), "what was said about the document is still in a file");
        Assert.True(Holds("keep7719keep"));
        var left = await (await OpenAsync(File)).ListAsync().ToListAsync();
        Assert.Equal([("r1", true), ("r2", false)], left.Select(r => (r.Id, r.Forgotten)));
        Assert.Equal(["secret#0", "kept#0"], left[0].Answer.Passages.Select(p => p.Chunk.Id));
        await ratings.DisposeAsync();
    }

    [Fact]
    public async Task A_document_that_changes_takes_the_texts_of_ratings_of_changed_passages_only()
    {
        var ratings = await OpenAsync(File);
        await using var chunks = await SqliteChunkStore.OpenAsync(File);
        await StoreAsync(chunks, "a", "Invoices are kept for seven years.");
        await ratings.AddAsync(await RatedAsync(chunks, "r1", "a"));

        await StoreAsync(chunks, "a", "A preface. Invoices are kept for seven years.");
        Assert.False(Assert.Single(await ratings.ListAsync().ToListAsync()).Forgotten);
        await StoreAsync(chunks, "a", "Invoices are kept for nine years.");

        Assert.True(Assert.Single(await ratings.ListAsync().ToListAsync()).Forgotten);
    }

    [Fact]
    public async Task Deleting_a_document_of_another_tenant_leaves_ratings_as_they_are()
    {
        var ratings = await OpenAsync(File);
        await using var chunks = await SqliteChunkStore.OpenAsync(File);
        await StoreAsync(chunks, "a", "Invoices are kept for seven years.");
        await StoreAsync(chunks, "a", "Nothing of that kind.", "other");
        await ratings.AddAsync(await RatedAsync(chunks, "r1", "a"));

        await chunks.DeleteDocumentAsync("a", "other");

        Assert.False(Assert.Single(await ratings.ListAsync().ToListAsync()).Forgotten);
    }

    [Fact]
    public async Task A_deleted_rating_is_in_no_file()
    {
        var ratings = await OpenAsync(File);
        await ratings.AddAsync(SampleRatings.Of("r1", Verdict.Bad, "Who?", "zq1198qz [1].", "It was zq1198qz."));
        Assert.True(Holds("zq1198qz"));

        await ratings.DeleteAsync("r1");

        Assert.False(Holds("zq1198qz"));
    }

    private static async Task StoreAsync(SqliteChunkStore store, string id, string text, string tenant = "")
    {
        var document = Corpus.Text(id, text) with { Tenant = tenant };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
    }

    private static async Task<Rating> RatedAsync(SqliteChunkStore chunks, string id, params string[] documents)
    {
        List<Passage> passages = [];
        foreach (var document in documents)
        {
            passages.Add(new(passages.Count + 1, (await chunks.GetChunksAsync(document))[0].Chunk, 1));
        }

        return SampleRatings.Of(id, Verdict.Bad, "What is it?", passages[0].Chunk.Text + " [1]", passages) with
        {
            Comment = documents.Contains("secret") ? "said5531said" : null,
        };
    }

    private async Task<SqliteRatingStore> OpenAsync(string path)
    {
        _stores.Add(await SqliteRatingStore.OpenAsync(path));
        return _stores[^1];
    }

    private bool Holds(string word) => Directory.GetFiles(_folder[""]).Any(file =>
    {
        var bytes = System.IO.File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
    });
}
