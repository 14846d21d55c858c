using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Rag.Indexing;

/// <summary>A chunk found by its vector.</summary>
/// <param name="Document">The key under which its document was added.</param>
/// <param name="Chunk">0-based place among the document's chunks.</param>
/// <param name="Score">Cosine similarity, -1 to 1; higher is nearer.</param>
public sealed record VectorHit(int Document, int Chunk, double Score);

/// <summary>Dense vectors in memory, searched exactly: every visible vector is compared. Immutable and safe for concurrent use.</summary>
public sealed class VectorIndex
{
    // Scopes are few (a handful of filters and groups); the bound only keeps a hostile stream of filters from filling memory.
    private const int MaxScopes = 16;

    private readonly ImmutableDictionary<int, Entry> _documents;

    // What a scope sees, in a row, made by its first search: to walk along the tree and ask takes longer than to compare a small document.
    private readonly ConcurrentDictionary<string, KeyValuePair<int, Entry>[]> _seen = new(StringComparer.Ordinal);
    private KeyValuePair<int, Entry>[]? _all;

    private VectorIndex(int dimensions, ImmutableDictionary<int, Entry> documents)
    {
        Dimensions = dimensions;
        _documents = documents;
    }

    /// <summary>An index without vectors, which takes the length of the first ones added.</summary>
    public static VectorIndex Empty { get; } = new(0, ImmutableDictionary<int, Entry>.Empty);

    /// <summary>Length of every vector; 0 while there is none.</summary>
    public int Dimensions { get; }

    /// <summary>This index with the vectors of one more document.</summary>
    /// <param name="key">Names the document in results and for <see cref="Remove"/>; not yet in the index.</param>
    /// <param name="documentId">Id of the document; with a chunk's number it gives the chunk id by which ties break.</param>
    /// <param name="vectors">One for each chunk, in order, all of the same length.</param>
    /// <exception cref="ArgumentException">A vector has another length than those in the index.</exception>
    public VectorIndex Add(int key, string documentId, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0)
        {
            return this;
        }

        var dimensions = Dimensions == 0 ? vectors[0].Length : Dimensions;
        var flat = new float[checked(vectors.Count * dimensions)];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (vectors[i].Length != dimensions)
            {
                throw new ArgumentException($"A vector of {vectors[i].Length} numbers does not fit an index of vectors of {dimensions}; embed with the same model.", nameof(vectors));
            }

            Normalize(vectors[i].Span, flat.AsSpan(i * dimensions, dimensions));
        }

        return new(dimensions, _documents.Add(key, new(documentId, flat)));
    }

    /// <summary>This index without a document; itself where it has none of that key.</summary>
    public VectorIndex Remove(int key)
    {
        var rest = _documents.Remove(key);
        return rest.Count == _documents.Count ? this : rest.IsEmpty ? Empty : new(Dimensions, rest);
    }

    /// <summary>The nearest chunks by cosine similarity, best first; ties by chunk id (ordinal). Time grows with the number of visible chunks.</summary>
    /// <param name="vector">Shape [<see cref="Dimensions"/>].</param>
    /// <param name="top">Upper bound on the result, at least 1.</param>
    /// <param name="scope">What may be seen, or <see langword="null"/> for everything.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The vector has another length than those in the index.</exception>
    public IReadOnlyList<VectorHit> Search(ReadOnlyMemory<float> vector, int top, DocumentScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (_documents.IsEmpty)
        {
            return [];
        }

        if (vector.Length != Dimensions)
        {
            throw new ArgumentException($"The query vector has {vector.Length} numbers, the stored ones have {Dimensions}; embed the query with the model that embedded the documents.", nameof(vector));
        }

        var query = new float[Dimensions];
        Normalize(vector.Span, query);
        var best = new TopChunks(top);
        foreach (var (key, entry) in See(scope))
        {
            cancellationToken.ThrowIfCancellationRequested();
            entry.Score(key, query, best);
        }

        return [.. best.Ordered().Select(c => new VectorHit(c.Document, c.Chunk, c.Score))];
    }

    private KeyValuePair<int, Entry>[] See(DocumentScope? scope)
    {
        var all = _all ??= [.. _documents];
        if (scope is null)
        {
            return all;
        }

        if (_seen.Count >= MaxScopes)
        {
            _seen.Clear();
        }

        return _seen.GetOrAdd(scope.Key, static (_, s) => Array.FindAll(s.all, d => s.scope.Sees(d.Key)), (all, scope));
    }

    // Unit length makes the cosine a dot product; a zero vector stays zero and is similar to nothing.
    private static void Normalize(ReadOnlySpan<float> vector, Span<float> target)
    {
        var norm = TensorPrimitives.Norm(vector);
        TensorPrimitives.Divide(vector, norm > 0 ? norm : 1, target);
    }

    private sealed record Entry(string DocumentId, float[] Vectors)
    {
        public void Score(int key, ReadOnlySpan<float> query, TopChunks best)
        {
            for (var (chunk, start) = (0, 0); start < Vectors.Length; chunk++, start += query.Length)
            {
                var score = TensorPrimitives.Dot(Vectors.AsSpan(start, query.Length), query);
                if (score >= best.Threshold)
                {
                    best.Offer(new(score, DocumentId.AsMemory(), key, chunk));
                }
            }
        }
    }
}
