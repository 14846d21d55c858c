using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Rag.Ingest;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

public sealed class SqliteReembeddingContractTests : ReembeddingContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<IReembeddableStore> CreateAsync() => await SqliteChunkStore.OpenAsync(_folder["store.db"]);
}

public sealed class InMemoryReembeddingContractTests : ReembeddingContract
{
    protected override async Task<IReembeddableStore> CreateAsync() => await SqliteChunkStore.OpenAsync(":memory:");
}

/// <summary>Re-embedding a store that is a file, with other processes, files beside it, and crashes.</summary>
public sealed class SqliteReembeddingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_else_has_the_store_open_searches_the_new_vectors()
    {
        await using var mine = await SqliteChunkStore.OpenAsync(File);
        await FillAsync(mine, 3, "old", _ => [1, 0]);
        await using var other = await SqliteChunkStore.OpenAsync(File);
        Assert.All(await other.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10), hit => Assert.Equal(1, hit.Score, 5));

        await new StoreReembedding(mine, new ScriptedEmbeddings(_ => [0, 1], "new")).RunAsync(); // as long, but elsewhere

        foreach (var store in (SqliteChunkStore[])[mine, other])
        {
            Assert.Equal(new("new", 2), await store.GetVectorSpaceAsync());
            Assert.All(await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10), hit => Assert.Equal(0, hit.Score, 5));
        }
    }

    [Fact]
    public async Task Nothing_waits_of_documents_that_are_gone_or_have_changed_over()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await FillAsync(store, 3, "old", _ => [1, 0]);
        var chunks = await store.ReadUnembeddedAsync(new("new", 1)).Select(c => new EmbeddedChunk(c, new float[] { 1 }) { Model = "new" }).ToListAsync();
        await store.StageVectorsAsync(chunks);
        Assert.Equal(6, Staged());

        await store.DeleteDocumentAsync("d0");
        Assert.Equal(4, Staged());
        await FillAsync(store, 2, "old", _ => [1, 0]); // d0 is new, d1 replaced
        Assert.Equal(2, Staged());
        await store.StageVectorsAsync([.. chunks.Take(3).Select(c => c with { Model = "never finished" })]);
        Assert.Equal(5, Staged());

        await new StoreReembedding(store, new ScriptedEmbeddings(_ => [1], "new")).RunAsync();
        Assert.Equal(0, Staged());
    }

    [Fact]
    public async Task A_killed_run_leaves_the_store_as_it_was_and_is_taken_up_where_it_stopped()
    {
        const int Chunks = 1200;
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await FillAsync(store, Chunks / 2, "old", text => [text.Length, 1]);
        }

        var embedded = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            embedded += await ReembedUntilKilledAsync(reports: 2 + kill);
            await using var store = await SqliteChunkStore.OpenAsync(File);
            Assert.Equal(new("old", 2), await store.GetVectorSpaceAsync());
            Assert.Equal(Chunks, (await store.SearchVectorsAsync(new float[] { 1, 1 }, new(""), 2 * Chunks)).Count);
            Assert.InRange(await store.SwitchVectorsAsync(ReembeddingScript.Space), 1, Chunks - embedded);
        }

        await using var reopened = await SqliteChunkStore.OpenAsync(File);
        Assert.InRange(await new StoreReembedding(reopened, ReembeddingScript.Model).RunAsync(), 1, Chunks - embedded);
        Assert.Equal(ReembeddingScript.Space, await reopened.GetVectorSpaceAsync());
        Assert.Equal(Chunks, (await reopened.SearchVectorsAsync(new float[] { 1, 1, 1 }, new(""), 2 * Chunks)).Count);
    }

    [Fact]
    public async Task A_graph_over_the_old_vectors_is_not_used_for_the_new_ones()
    {
        static float[] Random(int seed) => [.. new Random(seed) is var random ? Enumerable.Range(0, 16).Select(_ => (float)(random.NextDouble() - 0.5)) : []];
        var model = new ScriptedEmbeddings(text => Random(text.Aggregate(7, (hash, c) => unchecked((hash * 31) + c))), "new");
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            var seed = 0;
            await FillAsync(store, 11, "old", _ => Random(seed++), perDocument: 1000);
            await store.SearchVectorsAsync(Random(-1), new(""), 1);
            await store.Linking;
        }

        Assert.True(System.IO.File.Exists(File + ".vectors.index"));
        var questions = Enumerable.Range(0, 20).Select(q => model.VectorOf($"question {q}")).ToArray();
        var expected = new List<IReadOnlyList<ScoredChunk>>();
        await using (var store = await SqliteChunkStore.OpenAsync(File, new() { VectorRecall = 1 }))
        {
            await new StoreReembedding(store, model).RunAsync();
            foreach (var question in questions)
            {
                expected.Add(await store.SearchVectorsAsync(question, new(""), 10));
            }
        }

        // This store kept the graph in a file, and saw nothing of the change-over.
        await using var reopened = await SqliteChunkStore.OpenAsync(File);
        var found = 0;
        foreach (var (question, nearest) in questions.Zip(expected))
        {
            found += (await reopened.SearchVectorsAsync(question, new(""), 10)).Count(hit => nearest.Any(n => n.Chunk.Id == hit.Chunk.Id));
        }

        Assert.InRange(found, 190, 200);
    }

    [Fact]
    public async Task A_document_of_another_model_is_refused_with_the_remedy()
    {
        await using var store = await SqliteChunkStore.OpenAsync(File);
        await FillAsync(store, 2, "old", _ => [1, 0]);

        var error = await Assert.ThrowsAsync<StoreException>(() => FillAsync(store, 1, "new", _ => [1]));

        Assert.Contains("rag ingest --embed MODEL --reembed", error.Message, StringComparison.Ordinal);
        await new StoreReembedding(store, new ScriptedEmbeddings(_ => [1], "new")).RunAsync();
        await FillAsync(store, 1, "new", _ => [1]);
    }

    private static async Task FillAsync(SqliteChunkStore store, int documents, string model, Func<string, float[]> vector, int perDocument = 2)
    {
        for (var d = 0; d < documents; d++)
        {
            var document = Corpus.Text($"d{d}", [.. Enumerable.Range(0, perDocument).Select(i => $"passage {i} of {d}")]);
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => vector($"{i}"), model));
        }
    }

    private int Staged()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM staged_vectors";
        return Convert.ToInt32(count.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    // Gives how many chunks were embedded and reported; one more batch may have been.
    private async Task<int> ReembedUntilKilledAsync(int reports)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(ReembeddingScript).Assembly.Location, "reembed", File])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var done = 0;
        for (var report = 0; report < reports; report++)
        {
            done = int.Parse((await process.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            if (report + 1 < reports)
            {
                await process.StandardInput.WriteLineAsync();
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
        return done;
    }
}
