using System.Collections;

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
        Array.Sort(_terms, _weights, StringComparer.Ordinal);
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
    public float Sum => (float)_weights.Sum(w => (double)Math.Abs(w));

    /// <summary>The Euclidean length.</summary>
    public float Length => (float)Math.Sqrt(_weights.Sum(w => (double)w * w));

    /// <summary>The weight of a term, 0 where it is absent.</summary>
    public float this[string term] => Array.BinarySearch(_terms, term, StringComparer.Ordinal) is >= 0 and var place ? _weights[place] : 0;

    /// <summary>The heaviest terms, ties in ordinal order.</summary>
    /// <param name="count">Upper bound on their number.</param>
    public TermVector Heaviest(int count) => new(this.OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(count));

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
            foreach (var (term, value) in vector)
            {
                sum[term] = sum.GetValueOrDefault(term) + (weight * value);
            }
        }

        return new(sum);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator() => _terms.Zip(_weights, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
