using System.Numerics.Tensors;
using Rag.Analysis;

namespace Rag.Retrieval.Selection;

/// <summary>How alike texts are by their terms: the cosine of their term counts, 0 to 1.</summary>
internal sealed class TermVectors
{
    private readonly Dictionary<string, int>[] _counts;
    private readonly double[] _lengths;

    private TermVectors(Dictionary<string, int>[] counts)
    {
        _counts = counts;
        _lengths = [.. counts.Select(c => Math.Sqrt(c.Values.Sum(n => (double)n * n)))];
    }

    /// <summary>The terms of passages, each in its own language.</summary>
    public static TermVectors Of(IEnumerable<Chunk> chunks) => new([.. chunks.Select(chunk =>
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in Analyzers.For(chunk.Language ?? Analyzers.AssumedLanguage).Terms(chunk.Text))
        {
            counts[term.Text] = counts.GetValueOrDefault(term.Text) + 1;
        }

        return counts;
    })]);

    /// <summary>The cosine of vectors, by their places; 0 for one that is nothing but zeros.</summary>
    public static Func<int, int, double> Cosine(ReadOnlyMemory<float>[] vectors) => (a, b) =>
        TensorPrimitives.CosineSimilarity(vectors[a].Span, vectors[b].Span) is var cosine && float.IsFinite(cosine) ? cosine : 0;

    /// <summary>Likeness of two of the texts, by their places.</summary>
    public double Cosine(int a, int b)
    {
        if (_lengths[a] == 0 || _lengths[b] == 0)
        {
            return 0;
        }

        var (few, many) = _counts[a].Count < _counts[b].Count ? (_counts[a], _counts[b]) : (_counts[b], _counts[a]);
        return few.Sum(t => (double)t.Value * many.GetValueOrDefault(t.Key)) / (_lengths[a] * _lengths[b]);
    }
}
