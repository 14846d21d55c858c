using System.Collections.Concurrent;
using Rag.Indexing.Vectors;

namespace Rag.Indexing;

/// <summary>A chunk found by its vector.</summary>
/// <param name="Document">The key under which its document was added.</param>
/// <param name="Chunk">0-based place among the document's chunks.</param>
/// <param name="Score">Cosine similarity, -1 to 1; higher is nearer.</param>
public sealed record VectorHit(int Document, int Chunk, double Score);

/// <summary>Dense vectors in memory, searched for the nearest. Immutable: changes give a new index that shares what stayed. Safe for concurrent use.</summary>
/// <remarks>
/// Every search compares with every visible vector, by codes of a byte a number first and by the numbers themselves wherever these could make a difference, so
/// its result is exact; unless <see cref="Link"/> has made a graph (HNSW, Malkov and Yashunin 2016) that finds <see cref="Recall"/> of it for less, or, until that
/// is made, has found out how many of the nearest by their signs alone must be compared again for that. Scores are always exact. The vectors of removed documents stay in memory, out of reach, until a quarter of all are removed, and never get into a file.
/// </remarks>
public sealed class VectorIndex
{
    /// <summary>The recall that is kept unless another is asked for.</summary>
    public const double DefaultRecall = 0.99;

    // Below this a graph is not worth its making; measured in docs/results/vectors.md.
    private const int LinkFrom = 10_000;

    // The index is rewritten once this share of its vectors is gone.
    private const double PurgeAt = 0.25;

    // Scopes are few (a handful of filters and groups); the bound only keeps a hostile stream of filters from filling memory.
    private const int MaxScopes = 16;

    private readonly VectorCollection? _collection;
    private readonly int _documents; // of the collection's, the first so many; later ones are of indexes made from this one
    private readonly bool[] _gone; // documents beyond its end are not gone
    private readonly Lazy<VisibleVectors> _all;
    private readonly ConcurrentDictionary<string, VisibleVectors> _seen = new(StringComparer.Ordinal);

    /// <summary>An index without vectors, which takes the length of the first ones added.</summary>
    /// <param name="recall">See <see cref="Recall"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 and at most 1.</exception>
    public VectorIndex(double recall = DefaultRecall)
        : this(recall, null, 0, [], 0)
    {
        if (!(recall > 0 && recall <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(recall), recall, "A recall is above 0 and at most 1; 1 makes every search exact.");
        }
    }

    private VectorIndex(double recall, VectorCollection? collection, int documents, bool[] gone, int count)
    {
        Recall = recall;
        _collection = collection;
        _documents = documents;
        _gone = gone;
        Count = count;
        _all = new(() => collection is not null && collection.FirstNode(documents) == count ? new(documents, null, count, false) : See(_ => true, isFiltered: false));
    }

    /// <summary>The share of the true nearest that a search must find on average, above 0 to 1; 1 makes every search exact. Default <see cref="DefaultRecall"/>.</summary>
    public double Recall { get; }

    /// <summary>The share of the true 10 nearest that searches for 10 found when this was last measured, for a sample of the vectors; 1 while searches are exact.</summary>
    /// <remarks>A hit that is as near as the tenth nearest counts as found. Questions that are unlike all stored texts may find less.</remarks>
    public double MeasuredRecall => (_collection?.Effort is { Steps.Count: > 0 } graph ? graph : _collection?.BinaryEffort) is { Steps: [var ten, ..] } ? ten.Recall : 1;

    /// <summary>Length of every vector; 0 while there is none.</summary>
    public int Dimensions => _collection?.Vectors.Dimensions ?? 0;

    /// <summary>Number of vectors.</summary>
    public int Count { get; }

    /// <summary>Whether <see cref="Link"/> has something to do.</summary>
    public bool NeedsLinks => _collection is { Replaced: false } && Recall < 1 && Count >= LinkFrom && (GraphBuilder.NextEnd(_collection.Graph.Linked) <= _collection.Vectors.Count || NeedsMeasure);

    /// <summary>The keys of its documents.</summary>
    public IEnumerable<int> Documents => Live().Select(d => _collection!.Key(d));

    /// <summary>Number of vectors in the graph; the others, and all while it is not measured, are compared one by one.</summary>
    public int Linked => _collection?.Graph.Linked ?? 0;

    // Signs are of use while much is not linked.
    private bool NeedsBinaryMeasure => _collection!.Vectors.Count - _collection.Graph.Linked > _collection.Vectors.Count / 10 && _collection.BinaryEffort?.IsStale(_collection.Vectors.Count) != false;

    private bool NeedsMeasure => _collection!.Graph.Linked > LinkFrom - GraphBuilder.LargestBatch && _collection.Effort?.IsStale(_collection.Graph.Linked) != false;

    /// <summary>This index with the vectors of one more document. Searches find them at once, linked or not.</summary>
    /// <param name="key">Names the document in results and for <see cref="Remove"/>; not yet in the index.</param>
    /// <param name="documentId">Id of the document; with a chunk's number it gives the chunk id by which ties break.</param>
    /// <param name="vectors">One for each chunk, in order, all of the same length. A vector of zeros is similar to nothing: its score is always 0.</param>
    /// <exception cref="ArgumentException">A vector has another length than those in the index, or a number that is not finite.</exception>
    public VectorIndex Add(int key, string documentId, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0)
        {
            return this;
        }

        var dimensions = Dimensions == 0 ? vectors[0].Length : Dimensions;
        var units = new float[checked(vectors.Count * dimensions)];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (vectors[i].Length != dimensions || dimensions == 0)
            {
                throw new ArgumentException($"A vector of {vectors[i].Length} numbers does not fit an index of vectors of {dimensions}; embed with the same model.", nameof(vectors));
            }

            Direction.Of(vectors[i].Span, units.AsSpan(i * dimensions, dimensions), nameof(vectors));
        }

        var collection = _collection ?? new(dimensions);
        lock (collection.Gate)
        {
            // What was added after this index was made belongs to others.
            var gone = _gone;
            if (collection.Documents > _documents)
            {
                Array.Resize(ref gone, collection.Documents);
                gone.AsSpan(_documents).Fill(true);
            }

            collection.Add(key, documentId, units);
            return new(Recall, collection, collection.Documents, gone, Count + vectors.Count);
        }
    }

    /// <summary>This index without a document; itself where it has none of that key.</summary>
    public VectorIndex Remove(int key)
    {
        if (_collection?.Find(key, _documents, IsGone) is not (>= 0 and var document))
        {
            return this;
        }

        var gone = new bool[Math.Max(_gone.Length, document + 1)];
        _gone.CopyTo(gone, 0);
        gone[document] = true;
        var rest = new VectorIndex(Recall, _collection, _documents, gone, Count - (_collection.FirstNode(document + 1) - _collection.FirstNode(document)));
        return rest.Count == 0 ? new(Recall)
            : rest.Count < (1 - PurgeAt) * _collection.Vectors.Count ? rest.Rewritten()
            : rest;
    }

    /// <summary>The nearest chunks by cosine similarity, best first; ties by chunk id (ordinal).</summary>
    /// <param name="vector">Shape [<see cref="Dimensions"/>], any length but infinite. Zeros are similar to nothing.</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="scope">What may be seen, or <see langword="null"/> for everything. No score depends on anything else; which of the nearest are found does only as far as the search is not exact.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The vector has another length than those in the index, or a number that is not finite.</exception>
    public IReadOnlyList<VectorHit> Search(ReadOnlyMemory<float> vector, int top, DocumentScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var unit = new float[vector.Length];
        Direction.Of(vector.Span, unit, nameof(vector));
        if (_collection is null)
        {
            return [];
        }

        if (vector.Length != Dimensions)
        {
            throw new ArgumentException($"The query vector has {vector.Length} numbers, the stored ones have {Dimensions}; embed the query with the model that embedded the documents.", nameof(vector));
        }

        var hits = new VectorSearch(_collection, See(scope), cancellationToken).Run(new(unit), top);
        GC.KeepAlive(_collection); // and with it the file that it may lie in
        return hits;
    }

    /// <summary>Links what is not linked yet and measures, where the index is large enough for that to pay and <see cref="Recall"/> is less than 1.</summary>
    /// <remarks>
    /// Takes about half a millisecond of one core for each vector. Serves this index and those made from it; searches, additions and removals go on meanwhile. The same
    /// additions give the same graph, whatever the threads and however often this is called. When it is stopped, what was linked stays.
    /// </remarks>
    /// <param name="threads">How many to use at most; -1 for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Link(int threads = -1, CancellationToken cancellationToken = default)
    {
        if (!NeedsLinks)
        {
            return;
        }

        var collection = _collection!;
        var builder = new GraphBuilder(collection.Graph, collection.Vectors);
        for (var linking = true; linking && !collection.Replaced;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NeedsBinaryMeasure)
            {
                collection.BinaryEffort = SearchEffort.MeasureBinary(Recall, collection.Vectors, Stays, threads, cancellationToken);
            }

            lock (collection.Graph.Gate)
            {
                linking = builder.TryLinkBatch(collection.Vectors.Count, threads);
            }

            if (NeedsMeasure)
            {
                collection.Effort = SearchEffort.Measure(Recall, collection.Graph, collection.Vectors, Stays, threads, cancellationToken);
            }
        }

        GC.KeepAlive(collection);

        bool Stays(int node) => !IsGone(collection.Vectors.Document(node));
    }

    /// <summary>Writes the vectors, without those of removed documents, and gives where they begin.</summary>
    internal long Write(RowWriter rows) => CollectionFile.Write(Collection, Live(), rows);

    /// <summary>Writes all else: documents and graph.</summary>
    internal void Write(SnapshotWriter directory)
    {
        VectorGraph graph;
        lock (Collection.Graph.Gate)
        {
            graph = GraphPruning.Without(Collection.Graph, node => Collection.Vectors.Document(node) is var d && d < _documents && !IsGone(d));
        }

        directory.Write([Recall]);
        CollectionFile.Write(Collection, Live(), graph, directory);
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="InvalidDataException">It does not fit together.</exception>
    internal static VectorIndex Read(SnapshotReader directory, MappedFile file, long start, double recall)
    {
        var isMeasured = directory.Read<double>() is [var measured] && measured == recall;
        var collection = CollectionFile.Read(directory, file, start);
        collection.Effort = isMeasured ? collection.Effort : null;
        return new(recall, collection, collection.Documents, [], collection.Vectors.Count);
    }

    internal VectorCollection Collection => _collection ?? throw new InvalidOperationException("An index without vectors has no place in a file.");

    private int[] Live() => [.. Enumerable.Range(0, _documents).Where(d => !IsGone(d))];

    private bool IsGone(int document) => document < _gone.Length && _gone[document];

    private VisibleVectors See(DocumentScope? scope)
    {
        if (scope is null)
        {
            return _all.Value;
        }

        if (_seen.Count >= MaxScopes)
        {
            _seen.Clear();
        }

        return _seen.GetOrAdd(scope.Key, static (_, s) => s.index.See(s.scope.Sees, isFiltered: true), (index: this, scope));
    }

    private VisibleVectors See(Func<int, bool> sees, bool isFiltered)
    {
        var seen = new bool[_documents];
        var (documents, vectors) = (0, 0);
        for (var document = 0; document < _documents; document++)
        {
            if (!IsGone(document) && sees(_collection!.Key(document)))
            {
                seen[document] = true;
                documents++;
                vectors += _collection.FirstNode(document + 1) - _collection.FirstNode(document);
            }
        }

        return new(_documents, documents == _documents ? null : seen, vectors, isFiltered);
    }

    private VectorIndex Rewritten()
    {
        var old = _collection!;
        var rest = new VectorCollection(Dimensions) { Graph = GraphPruning.Without(old.Graph, node => !IsGone(old.Vectors.Document(node)) && old.Vectors.Document(node) < _documents) };
        for (var document = 0; document < _documents; document++)
        {
            if (!IsGone(document))
            {
                rest.Add(old.Key(document), old.Id(document), old.UnitsOf(document));
            }
        }

        old.Replaced = true;
        return new(Recall, rest, rest.Documents, [], Count);
    }
}
