using System.Collections;
using System.Runtime.InteropServices;

namespace Rag.Indexing.Feedback;

/// <summary>Terms with their weights: a query, a passage or what was learnt, in the arithmetic of single precision. Immutable; terms come in ordinal order.</summary>
public sealed class TermVector : IEnumerable<KeyValuePair<string, float>>
{
    private readonly string[] _terms; // in ordinal order
    private readonly float[] _weights;

    /// <summary>A vector of terms, each given once.</summary>
    /// <exception cref="ArgumentException">A term is given twice.</exception>
    public TermVector(IEnumerable<KeyValuePair<string, float>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        KeyValuePair<string, float>[] given = [.. weights];
        (_terms, _weights) = (Array.ConvertAll(given, w => w.Key), Array.ConvertAll(given, w => w.Value));
        Sort(_terms, _weights);
        for (var i = 1; i < _terms.Length; i++)
        {
            if (_terms[i] == _terms[i - 1])
            {
                throw new ArgumentException($"The term '{_terms[i]}' is given twice.", nameof(weights));
            }
        }
    }

    /// <param name="terms">In ordinal order, each once.</param>
    /// <param name="weights">One for each.</param>
    internal TermVector(string[] terms, float[] weights) => (_terms, _weights) = (terms, weights);

    /// <summary>The vector of no terms.</summary>
    public static TermVector Empty { get; } = new([]);

    /// <summary>Whether it has no terms.</summary>
    public bool IsEmpty => _terms.Length == 0;

    /// <summary>The terms, in ordinal order.</summary>
    public IEnumerable<string> Terms => _terms;

    /// <summary>The absolute weights added up.</summary>
    public float Sum
    {
        get
        {
            var sum = 0d;
            foreach (var weight in _weights)
            {
                sum += Math.Abs(weight);
            }

            return (float)sum;
        }
    }

    /// <summary>The Euclidean length.</summary>
    public float Length => (float)Math.Sqrt(_weights.Sum(w => (double)w * w));

    /// <summary>The weight of a term, 0 where it is absent.</summary>
    public float this[string term] => Array.BinarySearch(_terms, term, StringComparer.Ordinal) is >= 0 and var place ? _weights[place] : 0;

    /// <summary>The heaviest terms, ties in ordinal order.</summary>
    /// <param name="count">Upper bound on their number.</param>
    public TermVector Heaviest(int count) => new(this.OrderByDescending(w => w.Value).Take(count)); // a stable sort

    /// <summary>Every weight divided by a norm; the vector itself where the norm is 0.</summary>
    public TermVector DividedBy(float norm) => norm == 0 ? this : new(_terms, Array.ConvertAll(_weights, w => w / norm));

    /// <summary>The terms that a condition accepts.</summary>
    public TermVector Where(Func<string, bool> accepts) => new(((IEnumerable<KeyValuePair<string, float>>)this).Where(w => accepts(w.Key)));

    /// <summary>The weighted sum of vectors, left to right.</summary>
    /// <param name="parts">Vectors with their weights.</param>
    public static TermVector Mix(IEnumerable<(TermVector Vector, float Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var sum = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (vector, weight) in parts)
        {
            for (var i = 0; i < vector._terms.Length; i++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sum, vector._terms[i], out _) += weight * vector._weights[i];
            }
        }

        return new(sum);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator()
    {
        for (var i = 0; i < _terms.Length; i++)
        {
            yield return new(_terms[i], _weights[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // By numbers first, which compare many times faster than texts.
    private static void Sort(string[] terms, float[] weights)
    {
        var keys = Array.ConvertAll(terms, t => TermKey.Of(t));
        var order = new int[terms.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var (given, weighed) = ((string[])terms.Clone(), (float[])weights.Clone());
        for (var i = 0; i < order.Length; i++)
        {
            (terms[i], weights[i]) = (given[order[i]], weighed[order[i]]);
        }

        for (var (start, end) = (0, 0); start < keys.Length; start = end)
        {
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(terms, weights, start, end - start, StringComparer.Ordinal);
            }
        }
    }
}
