using System.Collections.Concurrent;

namespace Rag.Indexing.Vectors;

/// <summary>Links vectors into a graph, on several threads, with the same result whatever their number and whenever it is called.</summary>
/// <remarks>
/// Vectors are linked in batches whose borders depend on their numbers only. In a batch each vector first looks for its neighbours, in the graph as it was
/// and among its predecessors in the batch; then the neighbours take up the links back. Neither step reads what another thread writes.
/// </remarks>
internal sealed class GraphBuilder(VectorGraph graph, VectorTable vectors)
{
    public const int LargestBatch = 256;

    // How many near vectors a new one chooses its neighbours from (the paper's efConstruction).
    private const int Effort = 128;

    private readonly ConcurrentBag<GraphSearch> _searches = [];

    /// <summary>How many vectors the next batch ends before, when so many are linked. While it is filled its vectors are not in the graph.</summary>
    public static int NextEnd(int linked) => linked + Math.Clamp(linked / 8, 1, LargestBatch);

    /// <summary>Links one batch; whether there was a full one.</summary>
    /// <param name="count">How many vectors there are.</param>
    /// <param name="threads">How many threads to use at most.</param>
    public bool TryLinkBatch(int count, int threads)
    {
        var first = graph.Linked;
        var end = NextEnd(first);
        if (end > count)
        {
            return false;
        }

        for (var node = first; node < end; node++)
        {
            graph.Reserve(node, VectorGraph.RandomLevel(node));
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var chosen = new int[end - first][][];
        Parallel.For(first, end, options, node => chosen[node - first] = Choose(node, first));
        for (var node = first; node < end; node++)
        {
            for (var layer = 0; layer < chosen[node - first].Length; layer++)
            {
                graph.SetLinks(node, layer, chosen[node - first][layer]);
            }
        }

        // Sorted, so that the links back to one vector stand together and always in the same order.
        (int Target, int Layer, int Node)[] back = [.. Enumerable.Range(first, end - first)
            .SelectMany(node => chosen[node - first].SelectMany((links, layer) => links.Select(target => (target, layer, node)))).Order()];
        int[] starts = [.. Enumerable.Range(0, back.Length).Where(i => i == 0 || (back[i].Target, back[i].Layer) != (back[i - 1].Target, back[i - 1].Layer)), back.Length];
        Parallel.For(0, starts.Length - 1, options, i => LinkBack(back[starts[i]].Target, back[starts[i]].Layer, back.AsSpan(starts[i]..starts[i + 1])));
        graph.Linked = end; // before the entry, which is one of the linked
        for (var node = first; node < end; node++)
        {
            if (graph.Entry is not { } entry || VectorGraph.RandomLevel(node) > entry.Level)
            {
                graph.Entry = new(node, VectorGraph.RandomLevel(node));
            }
        }

        return true;
    }

    private int[][] Choose(int node, int batch)
    {
        var level = VectorGraph.RandomLevel(node);
        var links = new int[level + 1][];
        var query = new CodedQuery(vectors.Vector(node));
        var search = _searches.TryTake(out var idle) ? idle : new(graph, vectors);
        for (var layer = level; layer >= 0; layer--)
        {
            var near = new ScoreHeap(worstOnTop: false);
            for (var mate = batch; mate < node; mate++)
            {
                if (layer == 0 || VectorGraph.RandomLevel(mate) >= layer)
                {
                    near.Push(vectors.Approximate(query, mate), mate);
                }
            }

            if (graph.Entry is { } entry && entry.Level >= layer)
            {
                foreach (var (score, other) in search.Nearest(query, search.Descend(query, entry, layer, batch), layer, batch, Effort, sees: null, int.MaxValue)!)
                {
                    near.Push(score, other);
                }
            }

            links[layer] = Select(near, VectorGraph.Degree);
        }

        _searches.Add(search);
        return links;
    }

    private void LinkBack(int target, int layer, ReadOnlySpan<(int Target, int Layer, int Node)> added)
    {
        var links = graph.Links(target, layer);
        Span<int> all = new int[links.Length + added.Length];
        links.CopyTo(all);
        for (var i = 0; i < added.Length; i++)
        {
            all[links.Length + i] = added[i].Node;
        }

        if (all.Length > VectorGraph.Capacity(layer))
        {
            var near = new ScoreHeap(worstOnTop: false);
            foreach (var node in all)
            {
                near.Push(vectors.Approximate(target, node), node);
            }

            all = Select(near, VectorGraph.Capacity(layer));
        }

        graph.SetLinks(target, layer, all);
    }

    // Of the best near vectors those that are nearer to the new one than to any that was taken before (the paper's algorithm 4): links in all directions.
    private int[] Select(ScoreHeap near, int most)
    {
        Span<int> taken = stackalloc int[2 * VectorGraph.Degree];
        var count = 0;
        for (var rest = Math.Min(near.Count, Effort); rest > 0 && count < most; rest--)
        {
            var (score, node) = near.Pop();
            var apart = true;
            for (var i = 0; i < count && apart; i++)
            {
                apart = vectors.Approximate(node, taken[i]) <= score;
            }

            if (apart)
            {
                taken[count++] = node;
            }
        }

        return taken[..count].ToArray();
    }
}
