using System.Numerics.Tensors;
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
    public async Task A_file_of_vectors_that_is_damaged_makes_no_difference()
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
    public async Task A_file_of_many_vectors_is_used_without_reading_them_from_the_store_unless_a_bit_of_it_is_wrong()
    {
        var exact = new SqliteStoreOptions { VectorRecall = 1 };
        await using (var store = await SqliteChunkStore.OpenAsync(File, exact))
        {
            await Fill(store, 0, 11);
            await store.SearchVectorsAsync(Vector(0, 0), All, 1);
        }

        await Execute("UPDATE vectors SET vector = zeroblob(64)"); // so that it shows who reads them
        await using (var store = await SqliteChunkStore.OpenAsync(File, exact))
        {
            Assert.Equal(1, await Recall(store, 0, 11));
            await Fill(store, 11, 12);
            Assert.Equal(1, await Recall(store, 0, 12));
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(LinksFile);
        bytes[bytes.Length / 3] ^= 4;
        System.IO.File.Delete(LinksFile);
        await System.IO.File.WriteAllBytesAsync(LinksFile, bytes);
        await using var reopened = await SqliteChunkStore.OpenAsync(File, exact);
        Assert.All(await reopened.SearchVectorsAsync(Vector(0, 0), All with { Filter = Filter.Equal("document", "d3") }, 10), hit => Assert.Equal(0, hit.Score));
    }

    [Fact]
    public async Task A_vector_that_was_deleted_or_replaced_is_in_no_file_while_another_process_still_reads_the_old_one()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(store, 0, 13);
            await store.SearchVectorsAsync(Vector(0, 0), All, 1);
        }

        var reader = await SqliteChunkStore.OpenAsync(File);
        var before = await reader.SearchVectorsAsync(Vector(1000, 1), All with { Filter = Filter.Equal("document", "d5") }, 50);
        Assert.All([3, 4], d => Assert.True(Holds(d, LinksFile)));

        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await store.DeleteDocumentAsync("d3", "t");
            Assert.False(System.IO.File.Exists(LinksFile)); // at once
        }

        await using (var store = await SqliteChunkStore.OpenAsync(File)) // which never asks for a vector
        {
            var document = Corpus.Text("d4", "another text") with { Tenant = "t" };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => Vector(50, i)));
        }

        Assert.All([3, 4], d => Assert.False(Holds(d, LinksFile)));
        Assert.True(Holds(5, LinksFile));
        var after = await reader.SearchVectorsAsync(Vector(1000, 1), All, 20 * PerDocument);
        Assert.DoesNotContain(after, hit => hit.Chunk.DocumentId == "d3");
        Assert.Single(after, hit => hit.Chunk.DocumentId == "d4");
        Corpus.AssertSame(before, [.. after.Where(hit => hit.Chunk.DocumentId == "d5").Take(50)]);
        await reader.DisposeAsync();
        Assert.All([3, 4], d => Assert.All(Directory.GetFiles(_folder.FullName), file => Assert.False(Holds(d, file))));
    }

    [Fact]
    public async Task A_stored_vector_that_cannot_be_compared_is_named()
    {
        await using (var store = await SqliteChunkStore.OpenAsync(File))
        {
            await Fill(store, 0, 1);
        }

        var vector = Convert.ToHexString(MemoryMarshal.AsBytes<float>([.. Vector(0, 0)[1..], float.NaN]));
        await Execute($"UPDATE vectors SET vector = x'{vector}' WHERE chunk = (SELECT max(chunk) FROM vectors)"); // as an earlier version may have stored it

        await using var reopened = await SqliteChunkStore.OpenAsync(File);
        var error = await Assert.ThrowsAsync<StoreException>(() => reopened.SearchVectorsAsync(Vector(0, 0), All, 1));

        Assert.Contains("'d0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Ingest the document again, or delete it.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await reopened.SearchKeywordsAsync(All with { Text = "passage" }, 1));
        await reopened.DeleteDocumentAsync("d0", "t");
        Assert.Empty(await reopened.SearchVectorsAsync(Vector(0, 0), All, 1));
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    // The last vector of a document, as it was given or with a length of one.
    private static bool Holds(int document, string file)
    {
        var vector = Vector(document, PerDocument - 1);
        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), unit);
        var bytes = System.IO.File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(MemoryMarshal.AsBytes<float>(vector)) >= 0 || bytes.IndexOf(MemoryMarshal.AsBytes<float>(unit)) >= 0;
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
            var nearest = all.OrderByDescending(v => TensorPrimitives.CosineSimilarity<float>(v.Vector, vector)).Take(10).Select(v => v.Id).ToHashSet();
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
