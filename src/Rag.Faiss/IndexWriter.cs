namespace Rag.Faiss;

/// <summary>From an index to parts of a file.</summary>
internal sealed class IndexWriter(PartWriter parts)
{
    private const long Unused = 1 << 20; // what FAISS writes in two places that it does not use

    public async Task WriteAsync(FaissIndex index)
    {
        switch (index)
        {
            case FaissFlat flat:
                await HeaderAsync(flat.Metric == FaissMetric.L2 ? "IxF2" : "IxFI", flat);
                await parts.ArrayAsync(flat.Vectors);
                break;
            case FaissIvf ivf:
                await HeaderAsync("IwFl", ivf);
                await WriteAsync(ivf);
                break;
            case FaissHnsw hnsw:
                await HeaderAsync("IHNf", hnsw);
                await WriteAsync(hnsw.Graph);
                await WriteAsync(hnsw.Storage);
                break;
            case FaissIdMap map:
                await HeaderAsync(map.FindsById ? "IxM2" : "IxMp", map);
                await WriteAsync(map.Inner);
                await parts.ArrayAsync(map.Ids);
                break;
            default:
                throw new NotSupportedException($"An index of the kind {index.GetType().Name} has no form in FAISS's files.");
        }
    }

    private async Task HeaderAsync(string name, FaissIndex index)
    {
        await parts.NameAsync(name);
        await parts.ValueAsync(index.Dimensions);
        await parts.ValueAsync(index.Count);
        await parts.ValueAsync(Unused);
        await parts.ValueAsync(Unused);
        await parts.ValueAsync((byte)1); // trained
        await parts.ValueAsync((int)index.Metric);
    }

    private async Task WriteAsync(FaissIvf ivf)
    {
        await parts.ValueAsync((long)ivf.Lists.Count);
        await parts.ValueAsync(ivf.Probes);
        await WriteAsync(ivf.Centres);
        await parts.ValueAsync((byte)0); // no direct map
        await parts.ArrayAsync<long>([]);
        await parts.NameAsync("ilar");
        await parts.ValueAsync((long)ivf.Lists.Count);
        await parts.ValueAsync(ivf.Dimensions * (long)sizeof(float));
        await SizesAsync([.. ivf.Lists.Select(l => (long)l.Ids.Length)]);
        foreach (var list in ivf.Lists)
        {
            await parts.ValuesAsync(list.Vectors);
            await parts.ValuesAsync(list.Ids);
        }
    }

    private async Task SizesAsync(long[] sizes)
    {
        var used = sizes.Index().Where(s => s.Item > 0).ToArray();
        var isFull = used.Length > sizes.Length / 2;
        await parts.NameAsync(isFull ? "full" : "sprs");
        await parts.ArrayAsync(isFull ? sizes : [.. used.SelectMany(s => new[] { s.Index, s.Item })]);
    }

    private async Task WriteAsync(FaissGraph graph)
    {
        await parts.ArrayAsync(graph.LevelProbabilities);
        await parts.ArrayAsync(graph.NeighboursThroughLevel);
        await parts.ArrayAsync(graph.Levels);
        await parts.ArrayAsync(graph.Offsets);
        await parts.ArrayAsync(graph.Neighbours);
        foreach (var value in (int[])[graph.EntryPoint, graph.MaxLevel, graph.EfConstruction, graph.EfSearch, 1])
        {
            await parts.ValueAsync(value);
        }
    }
}
