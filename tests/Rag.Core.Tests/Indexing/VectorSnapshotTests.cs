using Rag.Indexing;
using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing;

public sealed class VectorSnapshotTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_saved_is_what_is_loaded()
    {
        var saved = Links(700, new(600, [new(10, 20, 0.991, 321.5), new(100, 150, 0.995, 1234)]));
        new VectorSnapshot(new Dictionary<string, VectorLinks> { ["t"] = saved, [""] = Links(3, null) }).Save(_path, "store");

        var loaded = VectorSnapshot.TryLoad(_path, "store")!.Tenants;

        Assert.Equal(["", "t"], loaded.Keys.Order());
        AssertSame(saved, loaded["t"]);
        AssertSame(Links(3, null), loaded[""]);
        Assert.False(File.Exists(_path + ".tmp"));
    }

    [Fact]
    public void A_file_that_is_missing_of_another_store_or_damaged_anywhere_is_not_loaded()
    {
        new VectorSnapshot(new Dictionary<string, VectorLinks> { ["t"] = Links(40, null) }).Save(_path, "store");
        Assert.Null(VectorSnapshot.TryLoad(_path, "other"));
        Assert.Null(VectorSnapshot.TryLoad(_path + ".none", "store"));
        var whole = File.ReadAllBytes(_path);
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var bytes = whole[..(round % 2 == 0 ? whole.Length : random.Next(whole.Length))];
            if (bytes.Length == whole.Length)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(_path, bytes);
            Assert.Null(VectorSnapshot.TryLoad(_path, "store"));
        }
    }

    [Fact]
    public void Links_that_lead_out_of_the_graph_are_not_loaded_though_the_checksum_holds()
    {
        var links = Links(40, null);
        foreach (var wrong in (int[])[40, -1, int.MaxValue])
        {
            links.Graph.SetLinks(5, 0, [wrong]);
            new VectorSnapshot(new Dictionary<string, VectorLinks> { ["t"] = links }).Save(_path, "store");

            Assert.Null(VectorSnapshot.TryLoad(_path, "store"));
        }
    }

    [Fact]
    public void What_was_pruned_is_in_no_list_and_its_neighbours_are_linked_instead()
    {
        var whole = Links(600, null);

        var rest = whole.Only(key => key is not (107 or 130 or 131));

        Assert.Same(whole, whole.Only(_ => true));
        Assert.Equal(whole.Linked - 6, rest.Linked);
        Assert.Equal(whole.Documents.Where(k => k is not (107 or 130 or 131)), rest.Documents);
        Assert.All(Enumerable.Range(0, rest.Linked), node => Assert.All(rest.Graph.Links(node, 0).ToArray(), link => Assert.InRange(link, 0, rest.Linked - 1)));
        Assert.Equal(rest.Linked, Reached(rest.Graph));
        Assert.True(Degree(rest.Graph) > Degree(whole.Graph), "what was linked by way of the pruned is not linked instead");
        Assert.Empty(whole.Only(_ => false).Documents);
        Assert.Null(whole.Only(_ => false).Graph.Entry);
    }

    // Documents of two vectors with keys from 100 on.
    private static VectorLinks Links(int vectors, SearchEffort? effort)
    {
        var random = new Random(vectors);
        var table = new VectorTable(8);
        for (var i = 0; i < vectors; i++)
        {
            var unit = new float[8];
            Direction.Of([.. Enumerable.Range(0, 8).Select(_ => (float)(random.NextDouble() - 0.5))], unit, "");
            table.Append(unit, i / 2);
        }

        var graph = new VectorGraph();
        while (new GraphBuilder(graph, table).TryLinkBatch(vectors, 1))
        {
        }

        var documents = (graph.Linked + 1) / 2;
        return new(8, [.. Enumerable.Range(100, documents)], [.. Enumerable.Repeat(2, documents)], graph, effort);
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

    private static void AssertSame(VectorLinks expected, VectorLinks actual)
    {
        Assert.Equal((expected.Dimensions, expected.Linked, expected.Graph.Entry), (actual.Dimensions, actual.Linked, actual.Graph.Entry));
        Assert.Equal(expected.Documents, actual.Documents);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Effort?.Steps, actual.Effort?.Steps);
        Assert.Equal(expected.Effort?.Vectors, actual.Effort?.Vectors);
        Assert.All(Enumerable.Range(0, expected.Linked), node => Assert.All(Enumerable.Range(0, expected.Graph.Level(node) + 1), layer =>
            Assert.Equal(expected.Graph.Links(node, layer).ToArray(), actual.Graph.Links(node, layer).ToArray())));
    }
}
