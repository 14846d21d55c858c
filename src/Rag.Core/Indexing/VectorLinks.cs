using Rag.Indexing.Vectors;

namespace Rag.Indexing;

/// <summary>The graph over the vectors of some documents, without the vectors: what took long to make and can be kept in a file. Immutable.</summary>
public sealed class VectorLinks
{
    internal VectorLinks(int dimensions, int[] documents, int[] counts, VectorGraph graph, SearchEffort? effort)
    {
        Dimensions = dimensions;
        Documents = documents;
        Counts = counts;
        Graph = graph;
        Effort = effort;
    }

    /// <summary>Length of the vectors.</summary>
    public int Dimensions { get; }

    /// <summary>Keys of the documents, in the order in which they were added; only of the last one some vectors may lack links.</summary>
    public IReadOnlyList<int> Documents { get; }

    /// <summary>Number of vectors that are linked.</summary>
    public int Linked => Graph.Linked;

    /// <summary>Vectors of each document.</summary>
    internal int[] Counts { get; }

    internal VectorGraph Graph { get; }

    internal SearchEffort? Effort { get; }

    /// <summary>The links without those of the documents that go; itself when none goes.</summary>
    /// <param name="stays">Whether the document of a key stays.</param>
    public VectorLinks Only(Func<int, bool> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        bool[] kept = [.. Documents.Select(stays)];
        if (Array.TrueForAll(kept, k => k))
        {
            return this;
        }

        int[] owners = [.. Counts.SelectMany((count, document) => Enumerable.Repeat(document, count))];
        var graph = GraphPruning.Without(Graph, node => kept[owners[node]]);
        return new(
            Dimensions,
            [.. Documents.Where((_, i) => kept[i])],
            [.. Counts.Where((_, i) => kept[i])],
            graph,
            Effort?.After(graph.Linked));
    }
}
