namespace Rag.Indexing.Vectors;

/// <summary>A graph without some of its vectors, made from the links alone.</summary>
internal static class GraphPruning
{
    /// <summary>A graph of the vectors that stay, numbered anew in the same order. What was linked by way of one that goes is linked directly, as far as there is room.</summary>
    /// <param name="graph">Stays as it is.</param>
    /// <param name="stays">Whether a linked vector stays.</param>
    public static VectorGraph Without(VectorGraph graph, Func<int, bool> stays)
    {
        lock (graph.Gate)
        {
            var numbers = new int[graph.Linked];
            var count = 0;
            for (var node = 0; node < numbers.Length; node++)
            {
                numbers[node] = stays(node) ? count++ : -1;
            }

            var rest = new VectorGraph();
            List<int> links = [];
            for (var node = 0; node < numbers.Length; node++)
            {
                if (numbers[node] < 0)
                {
                    continue;
                }

                var level = graph.Level(node);
                rest.Reserve(numbers[node], level);
                for (var layer = 0; layer <= level; layer++)
                {
                    Bridge(graph, node, layer, numbers, links);
                    rest.SetLinks(numbers[node], layer, links.ToArray());
                }

                if (rest.Entry is null || level > rest.Entry.Level)
                {
                    rest.Entry = new(numbers[node], level);
                }
            }

            rest.Linked = count;
            return rest;
        }
    }

    private static void Bridge(VectorGraph graph, int node, int layer, int[] numbers, List<int> links)
    {
        links.Clear();
        Queue<int> gone = [];
        foreach (var link in graph.Links(node, layer))
        {
            if (numbers[link] >= 0)
            {
                links.Add(numbers[link]);
            }
            else
            {
                gone.Enqueue(link);
            }
        }

        // A list names near ones first, so the neighbours of what goes are taken in their order, and theirs where they go too.
        HashSet<int> passed = [node, .. gone];
        while (links.Count < VectorGraph.Capacity(layer) && gone.TryDequeue(out var via))
        {
            foreach (var link in graph.Links(via, layer))
            {
                if (links.Count == VectorGraph.Capacity(layer))
                {
                    break;
                }

                if (!passed.Add(link))
                {
                    continue;
                }

                if (numbers[link] < 0)
                {
                    gone.Enqueue(link);
                }
                else if (!links.Contains(numbers[link]))
                {
                    links.Add(numbers[link]);
                }
            }
        }
    }
}
