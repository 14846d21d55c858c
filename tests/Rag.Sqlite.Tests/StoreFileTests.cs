using Microsoft.Data.Sqlite;
using Rag.Analysis;
using Rag.Indexing;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>What happens with the file: bad ones, full disks, other processes.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_refuses_a_store_of_a_newer_schema()
    {
        await (await SqliteChunkStore.OpenAsync(File)).DisposeAsync();
        Execute("PRAGMA user_version = 99");

        var error = await Assert.ThrowsAsync<StoreException>(() => SqliteChunkStore.OpenAsync(File));

        Assert.Equal($"The store '{File}' has schema 99, this program knows up to 7; update the program, or ingest into a new store.", error.Message);
    }

    [Fact]
    public async Task OpenAsync_brings_a_store_of_the_first_schema_up_to_date()
    {
        await using (var old = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(old, 3);
        }

        Execute("""
            DROP TABLE sessions; DROP TABLE turns; DROP TABLE session_sources; DROP TABLE ratings; DROP TABLE rated_documents;
            DROP TABLE staged_vectors; DELETE FROM meta WHERE name = 'switches';
            DROP INDEX documents_with_model; ALTER TABLE documents DROP COLUMN embedding_model; ALTER TABLE documents DROP COLUMN findings;
            ALTER TABLE layouts DROP COLUMN warnings; ALTER TABLE texts DROP COLUMN boxes; PRAGMA user_version = 1
            """);

        await using var store = await SqliteChunkStore.OpenAsync(File);

        Assert.Equal(3, (await store.ListDocumentsAsync()).Count);
        var document = Corpus.Text("new", "words") with { Boxes = new([new(new(0, 5), new(1, 1, 2, 3, 4))]), Warnings = ["A warning."], Findings = [new("date", "2024-03-31", "date-1")] };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        Assert.Equivalent(document, await store.GetDocumentAsync("new"), strict: true);
    }

    [Fact]
    public async Task OpenAsync_refuses_the_file_of_another_program()
    {
        Execute("CREATE TABLE notes(text)");
        await System.IO.File.WriteAllTextAsync(_folder["text.db"], new string('x', 5000));

        var sqlite = await Assert.ThrowsAsync<StoreException>(() => SqliteChunkStore.OpenAsync(File));
        var text = await Assert.ThrowsAsync<StoreException>(() => SqliteChunkStore.OpenAsync(_folder["text.db"]));

        Assert.Contains("is a SQLite file of another program, not a store; choose another path", sqlite.Message, StringComparison.Ordinal);
        Assert.Contains("is not a store (it is no SQLite file); choose another path", text.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), await System.IO.File.ReadAllTextAsync(_folder["text.db"]));
    }

    [Fact]
    public async Task OpenAsync_says_when_the_path_cannot_be_a_file()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => SqliteChunkStore.OpenAsync(_folder.FullName));

        Assert.Contains(_folder.FullName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_store_gives_a_sentence_or_an_answer_and_never_another_exception()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(store, 30);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(6);
        var sentences = 0;
        for (var round = 0; round < 60; round++)
        {
            var damaged = round % 3 == 0 ? bytes[..random.Next(bytes.Length)] : (byte[])bytes.Clone();
            for (var i = 0; i < 40 && damaged.Length > 0; i++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 + random.Next(255));
            }

            await System.IO.File.WriteAllBytesAsync(File, damaged);
            Array.ForEach([.. Directory.GetFiles(_folder.FullName).Where(f => f != File)], System.IO.File.Delete);
            try
            {
                await using var store = await SqliteChunkStore.OpenAsync(File);
                await store.SearchKeywordsAsync(new("word0 word7") { Filter = Filter.Equal("k", "v") }, 50);
                await store.ListDocumentsAsync();
                await store.GetDocumentAsync("d7");
                await Fill(store, 3);
                await store.DeleteDocumentAsync("d9");
            }
            catch (StoreException e)
            {
                sentences++;
                Assert.Contains(File, e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(sentences, 20, 60);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u00e9")]
    [InlineData("\U0001F600")]
    [InlineData("\ud83d")]
    [InlineData("\0")]
    public async Task Passages_on_the_borders_of_a_texts_parts_come_back_as_they_were(string letter)
    {
        const int Border = 16_384;
        var text = $"word {letter}".PadRight(Border - 3, '-') + string.Concat(Enumerable.Repeat(letter, 6)) + new string('-', 2 * Border);
        var document = new Document("d", "", text, []);
        (int Start, int End)[] spans = [(0, 0), (0, Border - 3), (0, Border - 2), (0, Border - 1), (0, Border), (0, Border + 1), (Border - 1, Border), (Border, Border + 1), (Border - 2, Border + 2), (Border, 2 * Border), (5, text.Length), (text.Length, text.Length)];
        await using var store = await SqliteChunkStore.OpenAsync(File);

        await store.ReplaceDocumentAsync(document, [.. spans.Select((s, i) => new EmbeddedChunk(Chunk.Of(document, i, new(s.Start, s.End))))]);

        Assert.Equal(spans.Select(s => text[s.Start..s.End]), (await store.GetChunksAsync("d")).Select(c => c.Chunk.Text));
        var found = await store.SearchKeywordsAsync(new("word"), 10);
        Assert.Equal(spans.Where(s => s is { Start: 0, End: > 0 }).Select(s => text[..s.End]).Order(), found.Select(f => f.Chunk.Text).Order());
        Assert.Equal(text, (await store.GetDocumentAsync("d"))!.Text);
    }

    [Fact]
    public async Task A_full_disk_gives_a_sentence_and_loses_nothing()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File, new() { MaxPages = 60 });
        await Fill(store, 3);
        var huge = Corpus.Text("huge", [.. Enumerable.Range(0, 3000).Select(i => $"another passage, number {i}, to fill the disk with {i * 7919L}")]);

        var error = await Assert.ThrowsAsync<StoreException>(() => store.ReplaceDocumentAsync(huge, Corpus.Chunks(huge)));

        Assert.StartsWith("The disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(["d0", "d1", "d2"], (await store.ListDocumentsAsync()).Select(d => d.Id));
        Assert.NotEmpty(await store.SearchKeywordsAsync(new("word1"), 10));
        Assert.Empty(await store.SearchKeywordsAsync(new("passage"), 10));
        await Fill(store, 1);
    }

    [Fact]
    public async Task A_second_writer_waits_then_gives_up_with_a_sentence_while_readers_go_on()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File, new() { BusyTimeout = TimeSpan.FromMilliseconds(50) });
        await Fill(store, 2);
        using var other = Connect();
        Execute(other, "BEGIN IMMEDIATE");

        var error = await Assert.ThrowsAsync<StoreException>(() => Fill(store, 1));

        Assert.Equal($"Another process has been writing the store '{File}' for more than 0.05 s; try again when it is done.", error.Message);
        Assert.NotEmpty(await store.SearchKeywordsAsync(new("word1"), 10));
        Execute(other, "ROLLBACK");
        await Fill(store, 3);
    }

    [Fact]
    public async Task Changes_of_another_store_on_the_same_file_are_seen()
    {
        await using var one = await SqliteChunkStore.OpenAsync(File);
        await using var two = await SqliteChunkStore.OpenAsync(File);
        await Fill(one, 5);
        Assert.NotEmpty(await two.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 1));

        await two.DeleteDocumentAsync("d2");
        var changed = Corpus.Text("d3", "entirely new");
        await two.ReplaceDocumentAsync(changed, Corpus.Chunks(changed, _ => [0, 1]));

        Assert.Equal(["d3#0"], (await one.SearchKeywordsAsync(new("entirely"), 10)).Select(r => r.Chunk.Id));
        Assert.Empty(await one.SearchKeywordsAsync(new("word3"), 10));
        Corpus.AssertSame(await two.SearchKeywordsAsync(new("common word1 word4"), 50), await one.SearchKeywordsAsync(new("common word1 word4"), 50));
        await Fill(one, 5);
        Corpus.AssertSame(await one.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 50), await two.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 50));
    }

    [Fact]
    public async Task Two_stores_write_one_file_in_turns()
    {
        await using var one = await SqliteChunkStore.OpenAsync(File);
        await using var two = await SqliteChunkStore.OpenAsync(File);

        await Task.WhenAll(Task.Run(() => Fill(one, 20)), Task.Run(() => Fill(two, 20)));

        Assert.Equal(20, (await one.ListDocumentsAsync()).Count);
        Corpus.AssertSame(await one.SearchKeywordsAsync(new("common word3"), 50), await two.SearchKeywordsAsync(new("common word3"), 50));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_on_its_way_changes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        var analyzer = new CancellingAnalyzer();
        await using var store = await SqliteChunkStore.OpenAsync(File, new() { Model = KeywordModel.Bm25 with { AnalyzerFor = _ => analyzer } });
        await Fill(store, 2);
        var changed = Corpus.Text("d1", "changed");

        analyzer.Cancels = cancelled;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReplaceDocumentAsync(changed, Corpus.Chunks(changed), cancelled.Token));
        Assert.NotEqual("changed", (await store.GetDocumentAsync("d1"))!.Text);
        Assert.Equal(2, (await store.ListDocumentsAsync()).Count);
        await Fill(store, 3);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = await SqliteChunkStore.OpenAsync(File);
        await Fill(store, 1);
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SearchKeywordsAsync(new("word1"), 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Fill(store, 1));
        Assert.DoesNotContain(Directory.GetFiles(_folder.FullName), f => f.EndsWith("-wal", StringComparison.Ordinal));
    }

    internal static async Task Fill(IChunkStore store, int documents)
    {
        for (var i = 0; i < documents; i++)
        {
            var document = Corpus.Text($"d{i}", $"common word{i}", $"common common word{i + 1}") with { Tags = new Dictionary<string, string> { ["k"] = i % 2 == 0 ? "v" : "w" } };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, c => [1, c]));
        }
    }

    private sealed class CancellingAnalyzer : IAnalyzer
    {
        public string Name => "cancelling";

        public CancellationTokenSource? Cancels { get; set; }

        public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
        {
            Cancels?.Cancel();
            Analyzers.For(null).Analyze(text, receive);
        }
    }

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
