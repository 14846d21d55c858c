using Rag.Indexing.Vectors;

namespace Rag.Core.Tests.Indexing.Vectors;

public sealed class ScoreHeapTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scores_come_out_in_order_and_equal_ones_by_number(bool worstOnTop)
    {
        var random = new Random(3);
        var heap = new ScoreHeap(worstOnTop);
        for (var round = 0; round < 50; round++)
        {
            (float Score, int Node)[] pushed = [.. Enumerable.Range(0, random.Next(1, 300)).Select(node => ((float)Math.Round((random.NextDouble() * 2) - 1, 2), node))];
            heap.Clear();
            foreach (var (score, node) in pushed.OrderBy(_ => random.Next()))
            {
                heap.Push(score, node);
            }

            List<(float, int)> popped = [];
            while (heap.Count > 0)
            {
                popped.Add(heap.Top);
                Assert.Equal(popped[^1], heap.Pop());
            }

            var bestFirst = pushed.OrderByDescending(p => p.Score).ThenBy(p => p.Node).ToArray();
            Assert.Equal(worstOnTop ? bestFirst.Reverse() : bestFirst, popped);
        }
    }
}
