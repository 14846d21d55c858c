namespace Rag.Faiss;

/// <summary>From parts of a file to an index.</summary>
internal sealed class IndexReader(PartReader parts)
{
    private const int MostNested = 4; // ids of lists whose centres have a graph over vectors

    private int _nested;

    public async Task<FaissIndex> ReadAsync()
    {
        var start = parts.Position;
        var name = await parts.NameAsync();
        if (++_nested > MostNested)
        {
            throw parts.Damage("indexes in indexes in indexes");
        }

        FaissIndex index = name switch
        {
            "IxF2" or "IxFI" or "IxFl" => await FlatAsync(await HeaderAsync()),
            "IwFl" => await IvfAsync(await HeaderAsync()),
            "IHNf" => await HnswAsync(),
            "IxMp" or "IxM2" => await IdMapAsync(findsById: name == "IxM2"),
            _ => throw new InvalidDataException($"At byte {start} there is '{Printable(name)}', which is no flat, IVF-flat or HNSW-flat index of FAISS. Quantised indexes have no plain vectors: write the file from the vectors themselves."),
        };
        _nested--;
        return IndexRules.Problem(index) is { } problem ? throw parts.Damage(problem) : index;
    }

    private async Task<Header> HeaderAsync()
    {
        var dimensions = await parts.ValueAsync<int>();
        var count = await parts.ValueAsync<long>();
        await parts.ValueAsync<long>(); // two places that FAISS does not use
        await parts.ValueAsync<long>();
        var isTrained = await parts.ValueAsync<byte>();
        var metric = (FaissMetric)await parts.ValueAsync<int>();
        return dimensions is < 1 or > 1 << 20 || count < 0 || isTrained > 1 || metric is not (FaissMetric.InnerProduct or FaissMetric.L2)
            ? throw parts.Damage($"{count} vectors of {dimensions} numbers, compared by metric {(int)metric} (0 and 1 are known)")
            : new(dimensions, metric, count);
    }

    private async Task<FaissFlat> FlatAsync(Header header)
    {
        var vectors = await parts.ArrayAsync<float>();
        return vectors.Length == header.Count * header.Dimensions ? new(header.Dimensions, header.Metric, vectors) : throw parts.Damage($"{vectors.Length} numbers for {header.Count} vectors of {header.Dimensions}");
    }

    private async Task<FaissIvf> IvfAsync(Header header)
    {
        var (lists, probes) = (await parts.ValueAsync<long>(), await parts.ValueAsync<long>());
        var centres = await ReadAsync();
        await DirectMapAsync();
        if (await parts.NameAsync() != "ilar" || await parts.ValueAsync<long>() != lists || lists != centres.Count || await parts.ValueAsync<long>() != header.Dimensions * (long)sizeof(float))
        {
            throw parts.Damage($"inverted lists that are not {lists} arrays of vectors of {header.Dimensions} numbers");
        }

        var sizes = await SizesAsync((int)lists);
        var read = new FaissList[sizes.Length];
        for (var i = 0; i < read.Length; i++)
        {
            var vectors = await parts.ArrayAsync<float>(sizes[i] * header.Dimensions);
            read[i] = new(await parts.ArrayAsync<long>(sizes[i]), vectors);
        }

        return sizes.Sum() == header.Count ? new(header.Dimensions, header.Metric, centres, read, probes) : throw parts.Damage($"lists of {sizes.Sum()} vectors in an index of {header.Count}");
    }

    // Where each id lies; it follows from the lists.
    private async Task DirectMapAsync()
    {
        var kind = await parts.ValueAsync<byte>();
        await parts.ArrayAsync<long>();
        if (kind == 2)
        {
            await parts.ArrayAsync<(long, long)>();
        }
        else if (kind > 2)
        {
            throw parts.Damage($"a direct map of kind {kind}");
        }
    }

    private async Task<long[]> SizesAsync(int lists)
    {
        var form = await parts.NameAsync();
        var numbers = await parts.ArrayAsync<long>();
        var sizes = form == "full" ? numbers : new long[lists];
        for (var i = 0; form == "sprs" && i + 1 < numbers.Length; i += 2)
        {
            sizes[numbers[i] >= 0 && numbers[i] < lists ? numbers[i] : throw parts.Damage($"a list {numbers[i]} of {lists}")] = numbers[i + 1];
        }

        return form is "full" or "sprs" && sizes.Length == lists && sizes.All(s => s is >= 0 and <= int.MaxValue) ? sizes : throw parts.Damage($"sizes of {lists} lists in the form '{Printable(form)}'");
    }

    private async Task<FaissHnsw> HnswAsync()
    {
        var header = await HeaderAsync();
        var (probabilities, through, levels) = (await parts.ArrayAsync<double>(), await parts.ArrayAsync<int>(), await parts.ArrayAsync<int>());
        var (offsets, neighbours) = (await parts.ArrayAsync<long>(), await parts.ArrayAsync<int>());
        var (entry, maxLevel) = (await parts.ValueAsync<int>(), await parts.ValueAsync<int>());
        var graph = new FaissGraph(probabilities, through, levels, offsets, neighbours, entry, maxLevel, EfConstruction: await parts.ValueAsync<int>(), EfSearch: await parts.ValueAsync<int>());
        await parts.ValueAsync<int>(); // a beam that FAISS does not use any more
        return await ReadAsync() is FaissFlat storage && storage.Count == header.Count && (storage.Dimensions, storage.Metric) == (header.Dimensions, header.Metric) ? new(storage, graph) : throw parts.Damage($"a graph of {header.Count} vectors over something else");
    }

    private async Task<FaissIdMap> IdMapAsync(bool findsById)
    {
        await HeaderAsync();
        var inner = await ReadAsync();
        return new(inner, await parts.ArrayAsync<long>(), findsById);
    }

    private static string Printable(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '?'));

    private readonly record struct Header(int Dimensions, FaissMetric Metric, long Count);
}
