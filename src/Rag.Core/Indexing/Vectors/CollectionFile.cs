namespace Rag.Indexing.Vectors;

/// <summary>Vectors, their documents and the graph over them in a snapshot: what is large and read in place as rows, all else in a directory.</summary>
internal static class CollectionFile
{
    /// <summary>Writes the vectors of some documents, and gives where they begin.</summary>
    public static long Write(VectorCollection collection, int[] documents, RowWriter rows) =>
        collection.Vectors.Write(rows, [.. documents.SelectMany(d => Enumerable.Range(collection.FirstNode(d), Count(collection, d)))]);

    /// <summary>Writes all else of these documents.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="documents">Their numbers, ascending.</param>
    /// <param name="graph">A graph of just their vectors in this order, or of the first ones of these.</param>
    /// <param name="directory">Where to.</param>
    public static void Write(VectorCollection collection, int[] documents, VectorGraph graph, SnapshotWriter directory)
    {
        directory.Write<int>([collection.Vectors.Dimensions]);
        directory.Write<int>([.. documents.Select(collection.Key)]);
        directory.Write<int>([.. documents.Select(d => Count(collection, d))]);
        directory.Write<int>([.. documents.Select(d => collection.Id(d).Length)]);
        directory.Write<char>(string.Concat(documents.Select(collection.Id)));
        Write(directory, collection.Effort?.After(graph.Linked));
        graph.Write(directory);
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="directory">All but the vectors.</param>
    /// <param name="file">Has the vectors.</param>
    /// <param name="start">Where they begin.</param>
    /// <exception cref="InvalidDataException">It does not fit together.</exception>
    public static VectorCollection Read(SnapshotReader directory, MappedFile file, long start)
    {
        var dimensions = directory.Read<int>() is [> 0 and var length] ? length : throw new InvalidDataException("Vectors have no length.");
        int[] keys = directory.Read<int>(), counts = directory.Read<int>(), lengths = directory.Read<int>();
        ReadOnlySpan<char> names = directory.Read<char>();
        if (start != RowWriter.Aligned(start) || counts.Length != keys.Length || lengths.Length != keys.Length || counts.Any(c => c < 0) || lengths.Any(l => l < 0)
            || counts.Sum(c => (long)c) > Math.Min(Array.MaxLength, file.Length / sizeof(float) / dimensions) || lengths.Sum(l => (long)l) != names.Length)
        {
            throw new InvalidDataException("The documents of vectors do not fit them.");
        }

        var (ids, firstNodes) = (new string[keys.Length], new int[keys.Length + 1]);
        for (var d = 0; d < keys.Length; d++)
        {
            ids[d] = new(names[..lengths[d]]);
            names = names[lengths[d]..];
            firstNodes[d + 1] = firstNodes[d] + counts[d];
        }

        var owners = new int[firstNodes[^1]];
        for (var d = 0; d < keys.Length; d++)
        {
            owners.AsSpan(firstNodes[d]..firstNodes[d + 1]).Fill(d);
        }

        var (effort, graph) = (ReadEffort(directory), GraphFile.Read(directory));
        return graph.Linked <= owners.Length
            ? new(new(dimensions, file, start, owners), keys, ids, firstNodes) { Effort = effort, Graph = graph }
            : throw new InvalidDataException("Links of vectors that no document has.");
    }

    private static int Count(VectorCollection collection, int document) => collection.FirstNode(document + 1) - collection.FirstNode(document);

    private static void Write(SnapshotWriter directory, SearchEffort? effort)
    {
        directory.Write<int>(effort is null ? [] : [effort.Vectors, .. effort.Steps.SelectMany(s => new[] { s.Top, s.Effort })]);
        directory.Write<double>(effort is null ? [] : [.. effort.Steps.SelectMany(s => new[] { s.Recall, s.Compared })]);
    }

    private static SearchEffort? ReadEffort(SnapshotReader directory)
    {
        var (numbers, measured) = (directory.Read<int>(), directory.Read<double>());
        if (numbers is [])
        {
            return null;
        }

        EffortStep[] steps = [.. numbers.Skip(1).Chunk(2).Zip(measured.Chunk(2), (n, m) => new EffortStep(n[0], n[^1], m[0], m[^1]))];
        return steps.Select(s => s.Top).SequenceEqual(SearchEffort.Tops.Take(steps.Length)) ? new(numbers[0], steps) : throw new InvalidDataException("An effort for other results.");
    }
}
