namespace Rag.Faiss;

/// <summary>What must hold between the parts of an index, so that FAISS can use it without a look outside its arrays.</summary>
internal static class IndexRules
{
    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public static string? Problem(FaissIndex index) => index switch
    {
        { Dimensions: < 1 } => $"its vectors have {index.Dimensions} numbers",
        { Metric: not (FaissMetric.InnerProduct or FaissMetric.L2) } => $"its metric is {(int)index.Metric}; inner product (0) and L2 (1) are known",
        FaissFlat flat when flat.Vectors.Length % flat.Dimensions != 0 => $"{flat.Vectors.Length} numbers are no whole number of vectors of {flat.Dimensions}",
        FaissIvf ivf => Problem(ivf),
        FaissHnsw hnsw => Problem(hnsw.Storage) ?? Problem(hnsw.Graph, (int)hnsw.Count),
        FaissIdMap { Inner: FaissIdMap } => "its ids are mapped twice",
        FaissIdMap map when map.Ids.Length != map.Count => $"it has {map.Ids.Length} ids for {map.Count} vectors",
        FaissIdMap { Inner: FaissIvf ivf } map when ivf.Lists.Any(l => l.Ids.Any(id => id < 0 || id >= map.Ids.Length)) => $"its lists name a place that its {map.Ids.Length} ids do not have",
        FaissIdMap map => Problem(map.Inner),
        _ => null,
    };

    private static string? Problem(FaissIvf ivf) =>
        ivf.Centres is FaissIvf or FaissIdMap ? "its centres are in lists or mapped; only flat and HNSW are known"
        : ivf.Centres.Dimensions != ivf.Dimensions ? $"its centres have {ivf.Centres.Dimensions} numbers, its vectors {ivf.Dimensions}"
        : ivf.Centres.Count != ivf.Lists.Count ? $"it has {ivf.Centres.Count} centres for {ivf.Lists.Count} lists"
        : ivf.Lists.Any(l => l.Vectors.Length != (long)l.Ids.Length * ivf.Dimensions) ? "a list has not one id for each vector"
        : Problem(ivf.Centres);

    private static string? Problem(FaissGraph graph, int count)
    {
        if (graph.Levels.Length != count || graph.Offsets.Length != count + 1L || (count == 0 && graph.Neighbours.Length > 0) || (graph.NeighboursThroughLevel is not [0, ..] && count > 0) || !graph.NeighboursThroughLevel.Order().SequenceEqual(graph.NeighboursThroughLevel))
        {
            return $"its graph is not one of {count} vectors";
        }

        for (var i = 0; i < count; i++)
        {
            var level = graph.Levels[i];
            if (level < 1 || level >= graph.NeighboursThroughLevel.Length || graph.Offsets[i + 1] - graph.Offsets[i] != graph.NeighboursThroughLevel[level])
            {
                return $"vector {i} of its graph has not the room for neighbours that its {level} levels take";
            }
        }

        return graph.Offsets[0] != 0 || graph.Offsets[^1] != graph.Neighbours.Length ? "the neighbours of its graph are more or fewer than its offsets say"
            : graph.Neighbours.Any(n => n < -1 || n >= count) ? "a neighbour in its graph does not exist"
            : HasLinkOffLevel(graph) ? "a neighbour in its graph is not on the level of the link"
            : graph.EntryPoint >= count || graph.EntryPoint < (count > 0 ? 0 : -1) ? $"its graph begins at vector {graph.EntryPoint} of {count}"
            : count > 0 && (graph.MaxLevel < 0 || graph.MaxLevel >= graph.Levels[graph.EntryPoint]) ? $"its graph begins at level {graph.MaxLevel}, which its first vector has not"
            : null;
    }

    // FAISS goes on from a neighbour on the same level without asking whether it has that level
    private static bool HasLinkOffLevel(FaissGraph graph)
    {
        for (var i = 0; i < graph.Levels.Length; i++)
        {
            for (var level = 1; level < graph.Levels[i]; level++)
            {
                foreach (var n in graph.Neighbours.AsSpan((int)graph.Offsets[i])[graph.NeighboursThroughLevel[level]..graph.NeighboursThroughLevel[level + 1]])
                {
                    if (n >= 0 && graph.Levels[n] <= level)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
