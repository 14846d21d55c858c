using Rag.Indexing;
using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing;

/// <summary>The graph over many vectors: what it finds, and what it must not change.</summary>
public sealed class VectorLinksTests
{
    private const int Dimensions = 24;
    private const int PerDocument = 10;

    private static readonly float[][] Vectors = Clustered(13_000, seed: 1);
    private static readonly float[][] Questions = Clustered(200, seed: 2);
    private static readonly Lazy<VectorIndex> Linked = new(() => Link(Fill(new(), 0, 1200)));

    [Fact]
    public void Searches_of_the_graph_keep_the_recall_that_was_asked_for()
    {
        var exact = Fill(new(recall: 1), 0, 1200);

        Assert.InRange(Linked.Value.Linked, 11_744, 12_000); // all but a batch that is not full
        Assert.False(Linked.Value.NeedsLinks);
        Assert.InRange(Linked.Value.MeasuredRecall, 0.99, 0.99999); // 1 would mean that it is not used
        Assert.InRange(Recall(exact, Linked.Value, 10), 0.98, 1);
        Assert.InRange(Recall(exact, Linked.Value, 50), 0.98, 1);
    }

    [Fact]
    public void An_index_that_must_find_all_and_one_that_is_small_are_not_linked()
    {
        Assert.False(Fill(new(recall: 1), 0, 1200).NeedsLinks);
        Assert.False(Fill(new(), 0, 900).NeedsLinks);
        Assert.Equal(0, Link(Fill(new(), 0, 900)).Linked);
        Assert.Equal(1, Fill(new(), 0, 900).MeasuredRecall);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Searches_with_a_filter_keep_the_recall_and_show_nothing_else(int part)
    {
        var exact = Fill(new(recall: 1), 0, 1200);
        var scope = new DocumentScope($"one in {part}", key => key % part == 0);

        Assert.InRange(Recall(exact, Linked.Value, 10, scope), 0.98, 1);
        Assert.All(Questions, q => Assert.All(Linked.Value.Search(q, 10, scope), h => Assert.Equal(0, h.Document % part)));
    }

    [Fact]
    public void A_filter_that_shows_only_what_is_far_from_the_query_loses_nothing()
    {
        var exact = Fill(new(recall: 1), 0, 1200);
        foreach (var question in Questions.Take(20))
        {
            var far = exact.Search(question, 12_000).Skip(6000).Select(h => h.Document).GroupBy(d => d).Where(g => g.Count() > 6).Select(g => g.Key).ToHashSet();
            var scope = new DocumentScope(string.Join(',', far), far.Contains);

            Assert.Equal(exact.Search(question, 10, scope), Linked.Value.Search(question, 10, scope));
        }
    }

    [Fact]
    public async Task The_same_additions_give_the_same_results_whatever_the_threads_and_the_moments()
    {
        var atOnce = Linked.Value;
        var bySteps = Fill(new(), 0, 1001);
        using var stop = new CancellationTokenSource();
        var linking = Task.Run(() => bySteps.Link(threads: 1, stop.Token));
        SpinWait.SpinUntil(() => bySteps.Linked > 300);
        await stop.CancelAsync();
        Assert.True(await Record.ExceptionAsync(() => linking) is null or OperationCanceledException);
        bySteps = Fill(bySteps, 1001, 1200);
        bySteps.Link(threads: 3);

        var (one, other) = (atOnce.Collection.Graph, bySteps.Collection.Graph);

        Assert.Equal(one.Linked, other.Linked);
        Assert.Equal(one.Entry, other.Entry);
        Assert.All(Enumerable.Range(0, one.Linked), node => Assert.Equal(AllLinks(one, node), AllLinks(other, node)));
    }

    [Fact]
    public void Removed_documents_are_not_found_and_the_others_still_are()
    {
        var index = Linked.Value;
        var exact = Fill(new(recall: 1), 0, 1200);
        var random = new Random(4);
        foreach (var key in Enumerable.Range(0, 1200).OrderBy(_ => random.Next()).Take(500).ToArray())
        {
            (index, exact) = (index.Remove(key), exact.Remove(key));
            if (random.Next(50) == 0)
            {
                Assert.InRange(Recall(exact, index, 10), 0.98, 1);
            }
        }

        Assert.Equal(7000, index.Count);
        Assert.InRange(index.Linked, 7000, 9000); // a part of the removed is still passed through, most are gone
        index = Fill(index, 1200, 1300);
        Assert.False(index.NeedsLinks); // below the size that is worth it
        Assert.InRange(Recall(Fill(exact, 1200, 1300), index, 10), 0.98, 1);
    }

    [Fact]
    public void A_graph_stays_good_when_nearly_a_quarter_is_pruned_on_its_way_through_a_file()
    {
        var path = Path.GetTempFileName();
        var pruned = Enumerable.Range(0, 1200).Where(key => key % 25 < 6).Aggregate(Linked.Value, (rest, key) => rest.Remove(key));
        new VectorSnapshot(new Dictionary<string, VectorIndex> { ["t"] = pruned }).Save(path, "store");
        var index = VectorSnapshot.TryLoad(path, "store")!.Tenants["t"];
        File.Delete(path);
        Assert.InRange(index.Linked, 8_800, 9_120);
        Assert.Equal(1, index.MeasuredRecall); // exact, until it is measured anew

        index = Fill(index, 1200, 1300);

        Assert.True(index.NeedsLinks);
        index.Link();
        Assert.InRange(index.MeasuredRecall, 0.99, 0.99999);
        var exact = Enumerable.Range(0, 1300).Where(key => key >= 1200 || key % 25 >= 6).Aggregate(new VectorIndex(recall: 1), Add);
        Assert.InRange(Recall(exact, index, 10), 0.98, 1);
    }

    [Fact]
    public void An_index_made_before_others_were_added_or_removed_stays_as_it_was()
    {
        var old = Link(Fill(new(), 0, 1100));
        var one = Link(Fill(old, 1100, 1150));
        var other = Fill(old, 1150, 1200).Remove(7); // beside the first, from the same

        Assert.All(Questions, q => Assert.All(old.Search(q, 100), h => Assert.InRange(h.Document, 0, 1099)));
        Assert.All(Questions, q => Assert.All(one.Search(q, 100), h => Assert.InRange(h.Document, 0, 1149)));
        Assert.All(Questions, q => Assert.All(other.Search(q, 100), h => Assert.True(h.Document is not 7 && (h.Document < 1100 || h.Document >= 1150))));
        Assert.InRange(Recall(Fill(Fill(new(1), 0, 1100), 1150, 1200).Remove(7), other, 10), 0.98, 1);
    }

    [Fact]
    public void Equal_vectors_are_found_whatever_their_number()
    {
        var index = Link(Enumerable.Range(0, 1100).Aggregate(new VectorIndex(), (i, key) => i.Add(key, $"d{key}", [.. Enumerable.Range(0, 10).Select(c => (ReadOnlyMemory<float>)Vectors[(key + c) % 5])])));

        Assert.All(Enumerable.Range(0, 5), v => Assert.All(index.Search(Vectors[v], 20), h => Assert.Equal(1, h.Score, 1e-6)));
    }

    [Fact]
    public async Task Searches_and_additions_may_go_on_while_vectors_are_linked()
    {
        var index = Fill(new(), 0, 1100);
        using var stop = new CancellationTokenSource();
        var linking = Task.Run(() => index.Link(threads: 1, stop.Token));
        var found = 0;
        for (var key = 1100; key < 1200; key++)
        {
            index = Add(index, key);
            var hits = index.Search(Vectors[key * PerDocument], 10);
            found += hits[0] == new VectorHit(key, 0, hits[0].Score) ? 1 : 0;
        }

        Assert.Equal(100, found); // what was just added is found, linked or not
        await stop.CancelAsync();
        Assert.True(await Record.ExceptionAsync(() => linking) is null or OperationCanceledException);
    }

    private static int[][] AllLinks(VectorGraph graph, int node) => [.. Enumerable.Range(0, graph.Level(node) + 1).Select(layer => graph.Links(node, layer).ToArray())];

    private static double Recall(VectorIndex exact, VectorIndex index, int top, DocumentScope? scope = null) => Questions.Average(question =>
    {
        var expected = exact.Search(question, top, scope);
        var found = index.Search(question, top, scope);
        Assert.Equal(expected.Count, found.Count);
        Assert.Equal(found.OrderByDescending(h => h.Score), found);
        return found.Count(h => h.Score >= expected[^1].Score) / (double)expected.Count;
    });

    private static VectorIndex Link(VectorIndex index)
    {
        index.Link();
        return index;
    }

    private static VectorIndex Fill(VectorIndex index, int from, int to) => Enumerable.Range(from, to - from).Aggregate(index, Add);

    private static VectorIndex Add(VectorIndex index, int key) =>
        index.Add(key, $"d{key}", [.. Enumerable.Range(0, PerDocument).Select(c => (ReadOnlyMemory<float>)Vectors[((key * PerDocument) + c) % Vectors.Length])]);

    private static float[][] Clustered(int count, int seed)
    {
        var (centres, random) = (new Random(0), new Random(seed));
        float[][] middles = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => (float)(centres.NextDouble() - 0.5)).ToArray())];
        return [.. Enumerable.Range(0, count).Select(_ => middles[random.Next(middles.Length)].Select(m => m + (float)((random.NextDouble() - 0.5) * 0.6)).ToArray())];
    }
}
