namespace Rag.Indexing.Vectors;

/// <summary>A graph as arrays in a snapshot.</summary>
internal static class GraphFile
{
    /// <summary>Writes the links of all linked vectors. Whoever writes sees to it that nobody links meanwhile.</summary>
    public static void Write(this VectorGraph graph, SnapshotWriter writer)
    {
        writer.Write<int>(graph.Entry is { } entry ? [graph.Linked, entry.Node, entry.Level] : [0, 0, 0]);
        int[] levels = [.. Enumerable.Range(0, graph.Linked).Select(graph.Level)];
        writer.Write<int>(levels);
        for (var first = 0; first < graph.Linked; first += VectorTable.BlockSize)
        {
            List<int> block = [];
            for (var node = first; node < Math.Min(graph.Linked, first + VectorTable.BlockSize); node++)
            {
                for (var layer = 0; layer <= levels[node]; layer++)
                {
                    var links = graph.Links(node, layer);
                    block.Add(links.Length);
                    block.AddRange(links);
                }
            }

            writer.Write<int>(block.ToArray());
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no graph.</exception>
    public static VectorGraph Read(SnapshotReader reader)
    {
        var graph = new VectorGraph();
        if (reader.Read<int>() is not [var linked, var entry, var top] || reader.Read<int>() is not { } levels || levels.Length != linked)
        {
            throw new InvalidDataException("The levels of a graph do not fit it.");
        }

        for (var node = 0; node < linked; node++)
        {
            Check(levels[node] is >= 0 and < 64);
            graph.Reserve(node, levels[node]);
        }

        for (var first = 0; first < linked; first += VectorTable.BlockSize)
        {
            ReadOnlySpan<int> block = reader.Read<int>();
            for (var node = first; node < Math.Min(linked, first + VectorTable.BlockSize); node++)
            {
                for (var layer = 0; layer <= levels[node]; layer++)
                {
                    Check(!block.IsEmpty && block[0] >= 0 && block[0] <= VectorGraph.Capacity(layer) && block[0] < block.Length);
                    var links = block.Slice(1, block[0]);
                    foreach (var link in links)
                    {
                        Check(link >= 0 && link < linked && levels[link] >= layer);
                    }

                    graph.SetLinks(node, layer, links);
                    block = block[(1 + links.Length)..];
                }
            }

            Check(block.IsEmpty);
        }

        if (linked > 0)
        {
            Check(entry >= 0 && entry < linked && levels[entry] == top);
            graph.Linked = linked;
            graph.Entry = new(entry, top);
        }

        return graph;
    }

    private static void Check(bool fits)
    {
        if (!fits)
        {
            throw new InvalidDataException("The links of a graph do not fit it.");
        }
    }
}
