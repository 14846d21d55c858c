using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>Many vectors in a store: the graph over them, and the file beside the store that keeps it.</summary>
public sealed class StoreVectorsTests : IDisposable
{
    private const int PerDocument = 1000;
    private static readonly Query All = new("") { Tenant = "t" };
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["store.db"];

    private string LinksFile => File + ".vectors.index";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_graph_is_made_in_the_background_kept_beside_the_store_and_used_again()
    {
        double recall;
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(store, 0, 11);
            Assert.Equal(1, await store.GetVectorRecallAsync("t")); // asked for the first time: exact, and the graph is begun
            await store.Linking;
            recall = await store.GetVectorRecallAsync("t");
            Assert.InRange(recall, 0.99, 0.99999);
            Assert.InRange(await Recall(store, 0, 11), 0.98, 1);
            Assert.InRange(await Recall(store, 0, 11, only: 5), 1, 1);
            Assert.Equal(1, await store.GetVectorRecallAsync("other"));
        }

        Assert.True(System.IO.File.Exists(LinksFile));
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            Assert.Equal(recall, await store.GetVectorRecallAsync("t"));
            Assert.True(store.Linking.IsCompletedSuccessfully); // nothing was left to do
            await store.DeleteDocumentAsync("d3", "t");
            Assert.False(System.IO.File.Exists(LinksFile));
            await Fill(store, 11, 12);
            await store.Linking;
            Assert.InRange(await Recall(store, 0, 12, without: 3), 0.98, 1);
        }

        // Changed by a process that was never asked for a vector: the graph goes along.
        Assert.True(System.IO.File.Exists(LinksFile));
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await store.DeleteDocumentAsync("d4", "t");
        }

        Assert.True(System.IO.File.Exists(LinksFile));
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await store.SearchVectorsAsync(Vector(0, 0), All, 1);
            await store.Linking;
            Assert.Equal(0, await Count(store, "d4"));
            Assert.Equal(PerDocument, await Count(store, "d5"));
            Assert.InRange(await Recall(store, 0, 12, without: 3, without2: 4), 0.98, 1);
        }
    }

    [Fact]
    public async Task A_links_file_that_is_missing_damaged_or_of_another_store_makes_no_difference()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File, new() { VectorRecall = 1 }))
        {
            await Fill(store, 0, 2);
        }

        Assert.False(System.IO.File.Exists(LinksFile)); // few vectors, and all must be found
        foreach (var bytes in (byte[][])[[], [1, 2, 3], [.. Enumerable.Repeat((byte)7, 5000)]])
        {
            await System.IO.File.WriteAllBytesAsync(LinksFile, bytes);
            await using var store = await SqliteChunkStore.OpenAsync(File);
            Assert.Equal(1, await Recall(store, 0, 2));
        }
    }

    [Fact]
    public async Task A_stored_vector_that_cannot_be_compared_is_named()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(store, 0, 1);
        }

        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False")) // as an earlier version may have stored it
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText = "UPDATE vectors SET vector = $v WHERE chunk = (SELECT max(chunk) FROM vectors)";
            command.Parameters.AddWithValue("$v", MemoryMarshal.AsBytes<float>([.. Vector(0, 0)[1..], float.NaN]).ToArray());
            await command.ExecuteNonQueryAsync();
        }

        await using var reopened = await SqliteChunkStore.OpenAsync(File);
        var error = await Assert.ThrowsAsync<StoreException>(() => reopened.SearchVectorsAsync(Vector(0, 0), All, 1));

        Assert.Contains("'d0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Ingest the document again, or delete it.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await reopened.SearchKeywordsAsync(All with { Text = "passage" }, 1));
        await reopened.DeleteDocumentAsync("d0", "t");
        Assert.Empty(await reopened.SearchVectorsAsync(Vector(0, 0), All, 1));
    }

    private static async Task Fill(SqliteChunkStore store, int from, int to)
    {
        for (var d = from; d < to; d++)
        {
            var document = Corpus.Text($"d{d}", [.. Enumerable.Range(0, PerDocument).Select(i => $"passage {i}")]) with { Tenant = "t" };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => Vector(d, i)));
        }
    }

    private static async Task<int> Count(SqliteChunkStore store, string document) =>
        (await store.SearchVectorsAsync(Vector(0, 0), All with { Filter = Filter.Equal("document", document) }, 2 * PerDocument)).Count;

    // Share of the ten nearest to questions that are found, by comparing with all vectors.
    private static async Task<double> Recall(SqliteChunkStore store, int from, int to, int? only = null, int? without = null, int? without2 = null)
    {
        var all = Enumerable.Range(from, to - from).Where(d => (only ?? d) == d && d != without && d != without2)
            .SelectMany(d => Enumerable.Range(0, PerDocument).Select(i => (Id: $"d{d}#{i}", Vector: Vector(d, i)))).ToArray();
        var found = 0;
        for (var question = 0; question < 30; question++)
        {
            var vector = Vector(1000, question);
            var nearest = all.OrderByDescending(v => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(v.Vector, vector)).Take(10).Select(v => v.Id).ToHashSet();
            var query = only is { } one ? All with { Filter = Filter.Equal("document", $"d{one}") } : All;
            found += (await store.SearchVectorsAsync(vector, query, 10)).Count(c => nearest.Contains(c.Chunk.Id));
        }

        return found / 300.0;
    }

    private static float[] Vector(int document, int chunk)
    {
        var (random, centre) = (new Random((document * PerDocument) + chunk), new Random(chunk % 50));
        return [.. Enumerable.Range(0, 16).Select(_ => (float)(centre.NextDouble() - 0.5 + ((random.NextDouble() - 0.5) * 0.6)))];
    }
}
