using System.Numerics.Tensors;
using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>Searches while the graph is being made: the nearest by their signs, compared again by the numbers.</summary>
public sealed class VectorSignsTests
{
    private const int Documents = 1050;
    private const int PerDocument = 10;

    private static readonly float[][] Vectors = Made(Documents * PerDocument, dimensions: 128, hidden: 6, seed: 1);
    private static readonly float[][] Questions = Made(100, dimensions: 128, hidden: 6, seed: 2);

    [Fact]
    public async Task They_keep_the_recall_and_give_exact_scores()
    {
        var (index, exact) = (await Measured(new(), Vectors), Filled(new(recall: 1), Vectors));

        Assert.NotEmpty(index.Collection.BinaryEffort!.Steps);
        Assert.Null(index.Collection.Effort); // there is no graph yet
        Assert.InRange(index.MeasuredRecall, 0.99, 1);
        Assert.InRange(Recall(exact, index), 0.98, 1);
        Assert.All(Questions.Take(15), q => Assert.Equal(BySigns(index, q), index.Search(q, 10)));
    }

    [Fact]
    public async Task A_filter_is_exact()
    {
        var (index, exact) = (await Measured(new(), Vectors), Filled(new(recall: 1), Vectors));
        var half = new DocumentScope("half", key => key % 2 == 0);
        var all = new DocumentScope("all", _ => true);

        Assert.All(Questions, q => Assert.Equal(exact.Search(q, 10, half), index.Search(q, 10, half)));
        Assert.All(Questions, q => Assert.Equal(exact.Search(q, 10, all), index.Search(q, 10, all)));
    }

    [Fact]
    public async Task Removed_documents_are_not_found_and_added_ones_are()
    {
        var index = await Measured(new(), Vectors);
        var rest = Enumerable.Range(0, 200).Aggregate(index, (i, key) => i.Remove(key));
        var exact = Enumerable.Range(0, 200).Aggregate(Filled(new(recall: 1), Vectors), (i, key) => i.Remove(key));

        Assert.InRange(Recall(exact, rest), 0.98, 1);
        Assert.All(Questions, q => Assert.All(rest.Search(q, 10), h => Assert.InRange(h.Document, 200, Documents - 1)));
        foreach (var key in Enumerable.Range(0, 20))
        {
            rest = Add(rest, Vectors, key);
            Assert.Equal((key, 3), rest.Search(Vectors[(key * PerDocument) + 3], 1).Select(h => (h.Document, h.Chunk)).Single());
        }
    }

    [Fact]
    public async Task They_are_not_used_where_they_do_not_find_enough_or_all_must_be_found()
    {
        var vectors = Made(Documents * PerDocument, dimensions: 8, hidden: 8, seed: 3); // eight signs tell 256 vectors apart
        var questions = Made(20, dimensions: 8, hidden: 8, seed: 4);
        var (index, exact) = (await Measured(new(), vectors), Filled(new(recall: 1), vectors));

        Assert.Empty(index.Collection.BinaryEffort!.Steps);
        Assert.Equal(1, index.MeasuredRecall);
        Assert.All(questions, q => Assert.Equal(exact.Search(q, 10), index.Search(q, 10)));
        Assert.Null((await Measured(new(recall: 1), vectors)).Collection.BinaryEffort);
    }

    // The obvious way, with as many compared again as were found to be enough.
    private static IEnumerable<VectorHit> BySigns(VectorIndex index, float[] question) => Enumerable.Range(0, Vectors.Length)
        .OrderBy(n => Vectors[n].Zip(question).Count(p => p.First > 0 != p.Second > 0)).ThenBy(n => n).Take(index.Collection.BinaryEffort!.For(10))
        .OrderByDescending(n => TensorPrimitives.CosineSimilarity<float>(Vectors[n], question)).Take(10)
        .Select(n => index.Search(question, Vectors.Length, new($"{n / PerDocument}", key => key == n / PerDocument)).Single(h => h.Chunk == n % PerDocument));

    private static double Recall(VectorIndex exact, VectorIndex index) => Questions.Average(question =>
    {
        var least = exact.Search(question, 10)[^1].Score;
        return index.Search(question, 10).Count(h => h.Score >= least) / 10.0;
    });

    // Stopped as soon as the making of the graph has begun.
    private static async Task<VectorIndex> Measured(VectorIndex index, float[][] vectors)
    {
        index = Filled(index, vectors);
        using var stop = new CancellationTokenSource();
        var linking = Task.Run(() => index.Link(threads: 1, stop.Token));
        SpinWait.SpinUntil(() => index.Linked > 0 || linking.IsCompleted);
        await stop.CancelAsync();
        Assert.True(await Record.ExceptionAsync(() => linking) is null or OperationCanceledException);
        return index;
    }

    private static VectorIndex Filled(VectorIndex index, float[][] vectors) => Enumerable.Range(0, Documents).Aggregate(index, (i, key) => Add(i, vectors, key));

    private static VectorIndex Add(VectorIndex index, float[][] vectors, int key) =>
        index.Add(key, $"d{key}", [.. Enumerable.Range(key * PerDocument, PerDocument).Select(v => (ReadOnlyMemory<float>)vectors[v])]);

    // Many numbers that a few hidden ones make, with a little noise.
    private static float[][] Made(int count, int dimensions, int hidden, int seed)
    {
        var (basis, random) = (new Random(0), new Random(seed));
        float[][] rows = [.. Enumerable.Range(0, hidden).Select(_ => Numbers(basis, dimensions))];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var vector = Numbers(random, dimensions).Select(n => 0.05f * n).ToArray();
            foreach (var row in rows)
            {
                TensorPrimitives.MultiplyAdd(row, Numbers(random, 1)[0], vector, vector);
            }

            return vector;
        })];
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
