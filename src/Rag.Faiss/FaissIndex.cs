namespace Rag.Faiss;

/// <summary>What FAISS keeps in an index file: float32 vectors with ids, and what it searches them by. Immutable as long as its arrays are left alone.</summary>
/// <param name="Dimensions">Length of every vector, at least 1.</param>
/// <param name="Metric">How vectors are compared.</param>
public abstract record FaissIndex(int Dimensions, FaissMetric Metric)
{
    /// <summary>Number of vectors.</summary>
    public abstract long Count { get; }

    /// <summary>Every vector with its id, in the order of adding; where IVF lists keep none, by id.</summary>
    /// <remarks>Vectors are parts of larger arrays, not copies.</remarks>
    public abstract IEnumerable<(long Id, ReadOnlyMemory<float> Vector)> Rows();
}

/// <summary>How FAISS compares vectors; the numbers are those of its files.</summary>
public enum FaissMetric
{
    /// <summary>Inner product, larger is nearer.</summary>
    InnerProduct = 0,

    /// <summary>Squared Euclidean distance, smaller is nearer.</summary>
    L2 = 1,
}

/// <summary>Vectors that are compared one by one (<c>IndexFlatIP</c>, <c>IndexFlatL2</c>). Ids are places, from 0.</summary>
/// <param name="Dimensions">Length of every vector, at least 1.</param>
/// <param name="Metric">How vectors are compared.</param>
/// <param name="Vectors">The vectors one after the other, shape [n, d].</param>
public sealed record FaissFlat(int Dimensions, FaissMetric Metric, float[] Vectors) : FaissIndex(Dimensions, Metric)
{
    /// <inheritdoc/>
    public override long Count => Vectors.Length / Dimensions;

    /// <inheritdoc/>
    public override IEnumerable<(long Id, ReadOnlyMemory<float> Vector)> Rows() =>
        Enumerable.Range(0, (int)Count).Select(i => ((long)i, (ReadOnlyMemory<float>)Vectors.AsMemory(i * Dimensions, Dimensions)));
}

/// <summary>Vectors in lists by their nearest centre (<c>IndexIVFFlat</c>).</summary>
/// <param name="Dimensions">Length of every vector, at least 1.</param>
/// <param name="Metric">How vectors are compared.</param>
/// <param name="Centres">Finds the centres; one vector for each list.</param>
/// <param name="Lists">The lists.</param>
/// <param name="Probes">How many lists a search looks at; FAISS's <c>nprobe</c>.</param>
public sealed record FaissIvf(int Dimensions, FaissMetric Metric, FaissIndex Centres, IReadOnlyList<FaissList> Lists, long Probes = 1) : FaissIndex(Dimensions, Metric)
{
    /// <inheritdoc/>
    public override long Count => Lists.Sum(l => (long)l.Ids.Length);

    /// <inheritdoc/>
    public override IEnumerable<(long Id, ReadOnlyMemory<float> Vector)> Rows() =>
        Lists.SelectMany(l => l.Ids.Select((id, i) => (id, (ReadOnlyMemory<float>)l.Vectors.AsMemory(i * Dimensions, Dimensions)))).OrderBy(r => r.id);
}

/// <summary>A list of an IVF index.</summary>
/// <param name="Ids">Ids of its vectors, shape [n].</param>
/// <param name="Vectors">The vectors one after the other, shape [n, d].</param>
public sealed record FaissList(long[] Ids, float[] Vectors);

/// <summary>Vectors with the graph between them (<c>IndexHNSWFlat</c>). Ids are places, from 0.</summary>
/// <param name="Storage">The vectors.</param>
/// <param name="Graph">The graph.</param>
public sealed record FaissHnsw(FaissFlat Storage, FaissGraph Graph) : FaissIndex(Storage.Dimensions, Storage.Metric)
{
    /// <inheritdoc/>
    public override long Count => Storage.Count;

    /// <inheritdoc/>
    public override IEnumerable<(long Id, ReadOnlyMemory<float> Vector)> Rows() => Storage.Rows();
}

/// <summary>A graph as FAISS keeps it; n vectors.</summary>
/// <param name="LevelProbabilities">Chance that a new vector reaches each level, shape [levels].</param>
/// <param name="NeighboursThroughLevel">How many places for neighbours a vector has on all levels below each, shape [levels + 1].</param>
/// <param name="Levels">Number of levels of each vector, shape [n].</param>
/// <param name="Offsets">Where the neighbours of each vector begin, shape [n + 1].</param>
/// <param name="Neighbours">Places of neighbours, -1 where there is none.</param>
/// <param name="EntryPoint">Where a search begins; -1 while there is no vector.</param>
/// <param name="MaxLevel">The highest level.</param>
/// <param name="EfConstruction">Effort of adding.</param>
/// <param name="EfSearch">Effort of searching.</param>
public sealed record FaissGraph(double[] LevelProbabilities, int[] NeighboursThroughLevel, int[] Levels, long[] Offsets, int[] Neighbours, int EntryPoint, int MaxLevel, int EfConstruction, int EfSearch);

/// <summary>An index whose vectors have ids of the caller's (<c>IndexIDMap</c>, <c>IndexIDMap2</c>).</summary>
/// <param name="Inner">Has the vectors, by place from 0; IVF lists have the places as their ids.</param>
/// <param name="Ids">The id of each place, shape [n].</param>
/// <param name="FindsById">Whether FAISS can look a vector up by its id (<c>IndexIDMap2</c>).</param>
public sealed record FaissIdMap(FaissIndex Inner, long[] Ids, bool FindsById = true) : FaissIndex(Inner.Dimensions, Inner.Metric)
{
    /// <inheritdoc/>
    public override long Count => Inner.Count;

    /// <inheritdoc/>
    public override IEnumerable<(long Id, ReadOnlyMemory<float> Vector)> Rows() => Inner.Rows().Select(r => (Ids[r.Id], r.Vector));
}
