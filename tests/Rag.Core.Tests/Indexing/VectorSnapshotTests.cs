using System.Runtime.InteropServices;
using Rag.Indexing;
using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing;

public sealed class VectorSnapshotTests : IDisposable
{
    private const int Dimensions = 9;
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_saved_is_what_is_loaded(bool copy)
    {
        var effort = new SearchEffort(600, [new(10, 20, 0.991, 321.5), new(100, 150, 0.995, 1234)]);
        var saved = Linked(1500);
        saved.Collection.Effort = effort;
        Save(("t", saved), ("", Filled(3)));

        var loaded = VectorSnapshot.TryLoad(_path, "store", 0.99, copy)!.Tenants;

        Assert.Equal(["", "t"], loaded.Keys.Order());
        AssertSame(saved, loaded["t"]);
        AssertSame(Filled(3), loaded[""]);
        Assert.Equal(effort.Steps, loaded["t"].Collection.Effort!.Steps);
        Assert.Equal(0.991, loaded["t"].MeasuredRecall);
        Assert.Null(VectorSnapshot.TryLoad(_path, "store", 0.999, copy)!.Tenants["t"].Collection.Effort); // it says nothing of another recall
        Assert.False(File.Exists(_path + ".tmp"));
    }

    [Fact]
    public void Few_long_vectors_are_loaded_too()
    {
        var vector = Enumerable.Range(0, 3000).Select(i => (float)i).ToArray();
        Save(("t", new VectorIndex().Add(5, "long", [vector])));

        Assert.Equal(1, Assert.Single(VectorSnapshot.TryLoad(_path, "store")!.Tenants["t"].Search(vector, 10)).Score, 1e-5);
    }

    [Fact]
    public void A_bit_that_is_wrong_anywhere_in_a_large_file_is_seen()
    {
        var random = new Random(2);
        var vectors = Enumerable.Range(0, 6000).Select(_ => (ReadOnlyMemory<float>)Enumerable.Range(0, 900).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        Save(("t", new VectorIndex().Add(5, "large", vectors)));
        var bytes = File.ReadAllBytes(_path);
        Assert.InRange(bytes.Length, (5 * RowWriter.PartLength) + 1, 8 * RowWriter.PartLength);
        Assert.Equal(6000, VectorSnapshot.TryLoad(_path, "store")!.Tenants["t"].Count);
        for (var round = 0; round < 10; round++)
        {
            var place = random.Next(bytes.Length);
            bytes[place] ^= 16;
            File.Delete(_path);
            File.WriteAllBytes(_path, bytes);
            bytes[place] ^= 16;

            Assert.Null(VectorSnapshot.TryLoad(_path, "store"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_missing_of_another_store_or_damaged_anywhere_is_not_loaded(bool copy)
    {
        Save(("t", Linked(40)));
        Assert.NotNull(VectorSnapshot.TryLoad(_path, "store", 0.99, copy));
        Assert.Null(VectorSnapshot.TryLoad(_path, "other", 0.99, copy));
        Assert.Null(VectorSnapshot.TryLoad(_path + ".none", "store", 0.99, copy));
        var whole = File.ReadAllBytes(_path);
        var random = new Random(1);
        for (var round = 0; round < 600; round++)
        {
            var bytes = whole[..(round % 2 == 0 ? whole.Length : random.Next(whole.Length))];
            if (bytes.Length == whole.Length)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.Delete(_path); // never write into a file that may be mapped
            File.WriteAllBytes(_path, bytes);
            Assert.Null(VectorSnapshot.TryLoad(_path, "store", 0.99, copy));
        }
    }

    [Fact]
    public void Links_that_lead_out_of_the_graph_are_not_loaded_though_the_checksum_holds()
    {
        var graph = Linked(40).Collection.Graph;
        foreach (var wrong in (int[])[0, 40, -1, int.MaxValue])
        {
            using var file = new MemoryStream();
            graph.SetLinks(5, 0, [wrong]);
            graph.Write(new(file));
            file.Position = 0;

            var error = Record.Exception(() => GraphFile.Read(new(file)));

            Assert.True(wrong == 0 ? error is null : error is InvalidDataException);
        }
    }

    [Fact]
    public void Nothing_of_a_removed_document_is_in_the_file_and_its_neighbours_are_linked_instead()
    {
        var whole = Linked(3000);
        int[] gone = [7, 130, 131];
        var rest = gone.Aggregate(whole, (i, key) => i.Remove(key));
        Save(("t", whole));
        Assert.All(gone, key => Assert.True(Holds(key)));

        Save(("t", rest));

        Assert.All(gone, key => Assert.False(Holds(key)));
        Assert.True(Holds(8));
        var loaded = VectorSnapshot.TryLoad(_path, "store")!.Tenants["t"];
        AssertSameResults(rest, loaded);
        Assert.Equal(whole.Linked - 6, loaded.Linked);
        var graph = loaded.Collection.Graph;
        Assert.All(Enumerable.Range(0, graph.Linked), node => Assert.All(graph.Links(node, 0).ToArray(), link => Assert.InRange(link, 0, graph.Linked - 1)));
        Assert.Equal(graph.Linked, Reached(graph));
        Assert.True(Degree(graph) > Degree(whole.Collection.Graph) - 0.01, "what was linked by way of the removed is not linked instead");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loaded_index_changes_like_any_other_and_stays_though_its_file_is_replaced_or_deleted(bool copy)
    {
        var random = new Random(3);
        Save(("t", Filled(2100)));
        var index = VectorSnapshot.TryLoad(_path, "store", 0.99, copy)!.Tenants["t"];
        var oracle = Filled(2100);
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(3) == 0)
            {
                var key = random.Next(1050 + step);
                (index, oracle) = (index.Remove(key), oracle.Remove(key));
            }
            else
            {
                (index, oracle) = (Add(index, 1050 + step), Add(oracle, 1050 + step));
            }

            if (step == 10)
            {
                Save(("t", Filled(2100).Remove(3)), ("other", Filled(9)));
            }
            else if (step == 20)
            {
                File.Delete(_path);
            }
            else if (step == 30)
            {
                Save(("t", index)); // from one file into another
                index = VectorSnapshot.TryLoad(_path, "store", 0.99, copy)!.Tenants["t"];
            }

            AssertSameResults(oracle, index);
        }

        foreach (var key in Enumerable.Range(0, 700))
        {
            (index, oracle) = (index.Remove(key), oracle.Remove(key)); // until it is rewritten without them
        }

        AssertSameResults(oracle, index);
    }

    private static VectorIndex Filled(int vectors) => Enumerable.Range(0, vectors / 2).Aggregate(new VectorIndex(), Add);

    private static VectorIndex Linked(int vectors)
    {
        var index = Filled(vectors);
        while (new GraphBuilder(index.Collection.Graph, index.Collection.Vectors).TryLinkBatch(vectors, 1))
        {
        }

        return index;
    }

    private static VectorIndex Add(VectorIndex index, int key) => index.Add(key, $"id of {key}.", [Vector(key, 0), Vector(key, 1)]);

    private static float[] Vector(int key, int chunk)
    {
        var random = new Random((key * 2) + chunk);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private void Save(params (string Tenant, VectorIndex Index)[] tenants) => new VectorSnapshot(tenants.ToDictionary(t => t.Tenant, t => t.Index)).Save(_path, "store");

    // Its vectors, their codes or its id.
    private bool Holds(int key)
    {
        var (unit, code) = (new float[Dimensions], new sbyte[Dimensions]);
        Direction.Of(Vector(key, 1), unit, "");
        Int8Code.Encode(unit, code);
        var bytes = File.ReadAllBytes(_path).AsSpan();
        return bytes.IndexOf(MemoryMarshal.AsBytes<float>(unit)) >= 0 || bytes.IndexOf(MemoryMarshal.AsBytes<sbyte>(code)) >= 0 || bytes.IndexOf(MemoryMarshal.AsBytes($"id of {key}.".AsSpan())) >= 0;
    }

    private static double Degree(VectorGraph graph) => Enumerable.Range(0, graph.Linked).Average(node => graph.Links(node, 0).Length);

    private static int Reached(VectorGraph graph)
    {
        HashSet<int> reached = [graph.Entry!.Node];
        var queue = new Queue<int>(reached);
        while (queue.TryDequeue(out var node))
        {
            foreach (var link in graph.Links(node, 0))
            {
                if (reached.Add(link))
                {
                    queue.Enqueue(link);
                }
            }
        }

        return reached.Count;
    }

    private static void AssertSame(VectorIndex expected, VectorIndex actual)
    {
        AssertSameResults(expected, actual);
        Assert.Equal(BySigns(expected), BySigns(actual));
        Assert.Equal((expected.Linked, expected.Collection.Graph.Entry), (actual.Linked, actual.Collection.Graph.Entry));
        Assert.All(Enumerable.Range(0, expected.Linked), node => Assert.All(Enumerable.Range(0, expected.Collection.Graph.Level(node) + 1), layer =>
            Assert.Equal(expected.Collection.Graph.Links(node, layer).ToArray(), actual.Collection.Graph.Links(node, layer).ToArray())));
    }

    private static int[] BySigns(VectorIndex index)
    {
        var nearest = index.Collection.Vectors.NearestBySigns(new(Vector(5000, 0)), 0, index.Count, 100, null);
        return [.. Enumerable.Range(0, nearest.Count).Select(_ => nearest.Pop().Node)];
    }

    private static void AssertSameResults(VectorIndex expected, VectorIndex actual)
    {
        Assert.Equal((expected.Dimensions, expected.Count), (actual.Dimensions, actual.Count));
        Assert.Equal(expected.Documents, actual.Documents);
        var even = new DocumentScope("even", key => key % 2 == 0);
        Assert.All(Enumerable.Range(5000, 3), question => Assert.Equal(expected.Search(Vector(question, 0), 20), actual.Search(Vector(question, 0), 20)));
        Assert.Equal(expected.Search(Vector(6000, 0), 2000, even), actual.Search(Vector(6000, 0), 2000, even));
    }
}
