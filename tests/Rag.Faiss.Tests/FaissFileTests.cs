using Rag.Testing;

namespace Rag.Faiss.Tests;

public sealed class FaissFileTests
{
    public static TheoryData<string> Readable => [.. FaissFiles.All.Keys.Where(n => n != "pq")];

    // a direct map is not kept: what it says follows from the lists
    public static TheoryData<string> Verbatim => [.. FaissFiles.All.Keys.Where(n => n is not ("pq" or "ivf-hash"))];

    [Theory]
    [InlineData("flat-L2", FaissMetric.L2)]
    [InlineData("flat-InnerProduct", FaissMetric.InnerProduct)]
    [InlineData("hnsw-L2", FaissMetric.L2)]
    [InlineData("hnsw-InnerProduct", FaissMetric.InnerProduct)]
    public async Task Vectors_come_out_in_the_order_in_which_they_were_added(string name, FaissMetric metric)
    {
        var index = await ReadAsync(FaissFiles.Bytes(name));

        Assert.Equal((2, metric, 6L), (index.Dimensions, index.Metric, index.Count));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (Id: (long)i, First: i * 0.25f, Second: (i * 0.25f) + 0.125f)), index.Rows().Select(r => (r.Id, r.Vector.Span[0], r.Vector.Span[1])));
    }

    [Theory]
    [InlineData("ivf-L2", 10)]
    [InlineData("ivf-InnerProduct", 10)]
    [InlineData("ivf-hash", 10)]
    public async Task Lists_have_every_vector_under_its_id(string name, int step)
    {
        var index = Assert.IsType<FaissIvf>(await ReadAsync(FaissFiles.Bytes(name)));

        Assert.Equal(3, index.Lists.Count);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (Id: (long)(i + 1) * step, First: i * 0.25f)), index.Rows().Select(r => (r.Id, r.Vector.Span[0])));
    }

    [Fact]
    public async Task Lists_of_which_few_have_a_vector_are_read()
    {
        var index = Assert.IsType<FaissIvf>(await ReadAsync(FaissFiles.Bytes("ivf-sparse")));

        Assert.Equal(8, index.Lists.Count);
        Assert.Equal(0, Assert.Single(index.Rows()).Id);
    }

    [Theory]
    [InlineData("map2", true)]
    [InlineData("map-hnsw", false)]
    [InlineData("map-ivf", false)]
    public async Task Ids_of_the_callers_are_kept(string name, bool findsById)
    {
        var index = Assert.IsType<FaissIdMap>(await ReadAsync(FaissFiles.Bytes(name)));

        Assert.Equal(findsById, index.FindsById);
        Assert.Equal([7, 8, 9, 10, 11, 12], index.Rows().Select(r => r.Id));
        Assert.Equal(0.25f, index.Rows().ElementAt(1).Vector.Span[0]);
    }

    [Theory]
    [MemberData(nameof(Verbatim))]
    public async Task What_was_read_is_written_as_it_was(string name) => Assert.Equal(FaissFiles.Bytes(name), await WriteAsync(await ReadAsync(FaissFiles.Bytes(name))));

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task What_was_written_is_read_as_it_was(string name)
    {
        var index = await ReadAsync(FaissFiles.Bytes(name));

        Assert.Equal(Numbers(index), Numbers(await ReadAsync(await WriteAsync(index))));
    }

    [Fact]
    public async Task A_stream_that_dribbles_and_has_more_behind_is_read_to_the_end_of_the_index()
    {
        var stream = new DribblingStream([.. FaissFiles.Bytes("map-hnsw"), 1, 2, 3]);

        var index = await FaissFile.ReadAsync(stream);

        Assert.Equal(6, index.Count);
        Assert.Equal(1, stream.ReadByte());
    }

    [Fact]
    public async Task Long_arrays_come_and_go_bit_for_bit()
    {
        var random = new Random(1);
        var vectors = Enumerable.Range(0, 3_000 * 512).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).ToArray();

        var read = Assert.IsType<FaissFlat>(await FaissFile.ReadAsync(new DribblingStream(await WriteAsync(new FaissFlat(512, FaissMetric.L2, vectors)), 100_000)));

        Assert.Equal(vectors.Select(BitConverter.SingleToInt32Bits), read.Vectors.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task An_index_without_plain_vectors_is_named()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(FaissFiles.Bytes("pq")));

        Assert.StartsWith("At byte 0 there is 'IxPq', which is no flat, IVF-flat or HNSW-flat index of FAISS.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_the_file_cannot_hold_is_refused_before_memory_is_taken()
    {
        var bytes = FaissFiles.Bytes("flat-L2");
        BitConverter.TryWriteBytes(bytes.AsSpan(37), 2_000_000_000L);

        Assert.Contains("with 48 left in the file", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(bytes))).Message, StringComparison.Ordinal);
        Assert.Contains("too early", (await Assert.ThrowsAsync<InvalidDataException>(() => FaissFile.ReadAsync(new DribblingStream(bytes)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Damaged_files_give_an_index_that_can_be_written_or_a_sentence(string name)
    {
        foreach (var bytes in Mutations.Of(FaissFiles.Bytes(name), 2_000, seed: 3))
        {
            try
            {
                await WriteAsync(await ReadAsync(bytes));
            }
            catch (InvalidDataException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Parts_that_do_not_fit_together_are_not_written()
    {
        var flat = new FaissFlat(2, FaissMetric.L2, [1, 2, 3, 4]);

        Assert.Contains("3 numbers are no whole number of vectors of 2", (await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new FaissFlat(2, FaissMetric.L2, [1, 2, 3])))).Message, StringComparison.Ordinal);
        Assert.Contains("1 ids for 2 vectors", (await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new FaissIdMap(flat, [1])))).Message, StringComparison.Ordinal);
        Assert.Contains("its lists name a place that its 1 ids do not have", (await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new FaissIdMap(new FaissIvf(2, FaissMetric.L2, new FaissFlat(2, FaissMetric.L2, [0, 0]), [new([1], [1, 2])]), [7])))).Message, StringComparison.Ordinal);
        Assert.Contains("2 centres for 1 lists", (await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new FaissIvf(2, FaissMetric.L2, flat, [new([], [])])))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_vector_that_is_not_on_its_level_is_refused()
    {
        var flat = new FaissFlat(1, FaissMetric.L2, [1, 2]);
        var graph = new FaissGraph([0.5, 0.5], [0, 2, 3], [2, 1], [0, 3, 5], [1, -1, -1, 0, -1], EntryPoint: 0, MaxLevel: 1, EfConstruction: 40, EfSearch: 16);

        await WriteAsync(new FaissHnsw(flat, graph));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(new FaissHnsw(flat, graph with { Neighbours = [1, -1, 1, 0, -1] })));

        Assert.Contains("a neighbour in its graph is not on the level of the link", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_move_into_an_index_of_ones_own_ids_and_back()
    {
        var folder = Directory.CreateTempSubdirectory("rag-faiss-");
        var (path, ids, vectors) = (Path.Combine(folder.FullName, "vectors.faiss"), new long[] { 12, 7 }, new float[] { 1, 2, 3, 4 });
        try
        {
            // <write>
            await using (var file = File.Create(path))
            {
                await FaissFile.WriteAsync(new FaissIdMap(new FaissFlat(Dimensions: 2, FaissMetric.InnerProduct, vectors), ids), file);
            }
            // </write>

            var found = new List<string>();
            // <read>
            await using (var file = File.OpenRead(path))
            {
                var index = await FaissFile.ReadAsync(file);
                foreach (var (id, vector) in index.Rows())
                {
                    found.Add($"{id}: {vector.Span[0]}, {vector.Span[1]}");
                }
            }
            // </read>

            Assert.Equal(["12: 1, 2", "7: 3, 4"], found);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        var cancelled = new CancellationToken(true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FaissFile.ReadAsync(new MemoryStream(FaissFiles.Bytes("flat-L2")), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FaissFile.WriteAsync(new FaissFlat(1, FaissMetric.L2, []), new MemoryStream(), cancelled));
    }

    private static Task<FaissIndex> ReadAsync(byte[] bytes) => FaissFile.ReadAsync(new MemoryStream(bytes));

    private static async Task<byte[]> WriteAsync(FaissIndex index)
    {
        var stream = new MemoryStream();
        await FaissFile.WriteAsync(index, stream);
        return stream.ToArray();
    }

    private static IEnumerable<(long, string)> Numbers(FaissIndex index) => index.Rows().Select(r => (r.Id, string.Join(' ', r.Vector.ToArray())));
}
