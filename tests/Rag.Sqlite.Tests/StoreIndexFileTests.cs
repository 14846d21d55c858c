using System.Text;
using Rag.Analysis;
using Rag.Indexing;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>The index file beside the store, and what deleting leaves behind anywhere.</summary>
public sealed class StoreIndexFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    private string IndexFile => File + ".default.index";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reopened_store_answers_from_the_index_file_without_analysing()
    {
        var counted = new CountingAnalyzer();
        var options = new SqliteStoreOptions { Model = KeywordModel.Bm25 with { AnalyzerFor = _ => counted } };
        await using (var store = await SqliteChunkStore.OpenAsync(File, options))
        {
            await StoreFileTests.Fill(store, 10);
        }

        var analysed = counted.Texts;
        await using (var store = await SqliteChunkStore.OpenAsync(File, options))
        {
            Assert.Equal(analysed, counted.Texts);
            Assert.NotEmpty(await store.SearchKeywordsAsync(new("word3"), 10));
            Assert.Equal(analysed + 1, counted.Texts); // the query
        }
    }

    [Fact]
    public async Task An_index_file_that_is_missing_damaged_or_stale_makes_no_difference()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await StoreFileTests.Fill(store, 6);
        }

        var old = await System.IO.File.ReadAllBytesAsync(IndexFile);
        IReadOnlyList<ScoredChunk> expected;
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await StoreFileTests.Fill(store, 9);
            await store.DeleteDocumentAsync("d4");
            expected = await store.SearchKeywordsAsync(new("common word3 word5"), 100);
        }

        foreach (var bytes in (byte[]?[])[null, old, old[..100], [], [.. old.Select(b => (byte)~b)]])
        {
            System.IO.File.Delete(IndexFile);
            if (bytes is not null)
            {
                await System.IO.File.WriteAllBytesAsync(IndexFile, bytes);
            }

            await using var store = await SqliteChunkStore.OpenAsync(File);
            Corpus.AssertSame(expected, await store.SearchKeywordsAsync(new("common word3 word5"), 100));
        }
    }

    [Fact]
    public async Task Each_model_has_an_index_of_its_own()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await StoreFileTests.Fill(store, 3);
        }

        await using (var store = await SqliteChunkStore.OpenAsync(File, new() { Model = KeywordModel.Bm25Lucene }))
        {
            Assert.Single(await store.SearchKeywordsAsync(new("word0"), 10));
        }

        Assert.True(System.IO.File.Exists(IndexFile));
        Assert.True(System.IO.File.Exists(File + ".bm25-lucene.index"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Deleting_leaves_no_trace_in_any_file(int seed)
    {
        var random = new Random(seed);
        var secrets = new Dictionary<string, string>();
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            for (var i = 0; i < 60; i++)
            {
                secrets[$"d{i}"] = $"zq{random.Next(1_000_000_000):x8}qz";
                var document = Secret(i);
                await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
            }
        }

        await using var reopened = await SqliteChunkStore.OpenAsync(File);
        await using (var lucene = await SqliteChunkStore.OpenAsync(File, new() { Model = KeywordModel.Bm25Lucene }))
        {
            foreach (var (id, secret) in secrets.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).ToArray())
            {
                Assert.True(await reopened.DeleteDocumentAsync(id));
                secrets.Remove(id);
                AssertNoTrace(secret);
            }
        }

        await reopened.DisposeAsync();
        Assert.True(System.IO.File.Exists(IndexFile));
        Assert.All(Enumerable.Range(0, 60).Where(i => !secrets.ContainsKey($"d{i}")), i => AssertNoTrace($"owner{i}owner"));
        Assert.All(secrets.Values, secret => Assert.True(Holds(Encoding.UTF8.GetBytes(secret)), $"the kept word {secret} is gone"));

        Document Secret(int i) => Corpus.Text($"d{i}", [.. Enumerable.Range(0, 1 + random.Next(200)).Select(l => $"{secrets[$"d{i}"]} passage {l} with words of owner{i}owner")]) with
        {
            Title = $"{secrets[$"d{i}"]} title",
            Path = $"/{secrets[$"d{i}"]}",
            Tags = new Dictionary<string, string> { ["secret"] = secrets[$"d{i}"] },
        };
    }

    private void AssertNoTrace(string word)
    {
        Assert.False(Holds(Encoding.UTF8.GetBytes(word)), $"'{word}' is still in a file as UTF-8");
        Assert.False(Holds(Encoding.Unicode.GetBytes(word)), $"'{word}' is still in a file as UTF-16");
    }

    private bool Holds(byte[] word) => Directory.GetFiles(_folder.FullName).Any(file => System.IO.File.ReadAllBytes(file).AsSpan().IndexOf(word) >= 0);

    private sealed class CountingAnalyzer : IAnalyzer
    {
        public string Name => "counting";

        public int Texts { get; private set; }

        public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
        {
            Texts++;
            Analyzers.For("en").Analyze(text, receive);
        }
    }
}
