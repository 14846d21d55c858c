using System.Numerics.Tensors;

namespace Rag.Indexing.Vectors;

/// <summary>A query vector of unit length, also in whole numbers and in signs, so that it can be compared with codes.</summary>
internal sealed class CodedQuery
{
    private readonly float[] _unit;
    private readonly short[] _digits;
    private readonly ulong[] _signs;
    private readonly float _scale;
    private readonly float _error;

    public CodedQuery(ReadOnlySpan<float> unit)
    {
        _unit = unit.ToArray();
        _digits = new short[unit.Length];
        _signs = new ulong[BinaryCode.Length(unit.Length)];
        BinaryCode.Encode(unit, _signs);

        // As large as fits a short and lets no sum of products leave an int.
        var limit = Math.Min(short.MaxValue, int.MaxValue / (Int8Code.Limit * Math.Max(1, unit.Length)));
        var largest = unit.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(unit));
        IsZero = largest == 0;
        _scale = IsZero ? 1 : largest / limit;
        var squares = 0.0;
        for (var i = 0; i < unit.Length; i++)
        {
            _digits[i] = (short)Math.Clamp(MathF.Round(unit[i] / _scale), -limit, limit);
            var rest = (double)unit[i] - ((double)_digits[i] * _scale);
            squares += rest * rest;
        }

        // The last part is for the rounding of float sums, here and in the exact score: n * 2^-24 each, both times the length of about 1.
        _error = (float)Math.Sqrt(squares) + (2.5f * (unit.Length + 8) / (1 << 24));
    }

    /// <summary>Whether the vector has no direction; it is similar to nothing.</summary>
    public bool IsZero { get; }

    public ReadOnlySpan<float> Unit => _unit;

    public ReadOnlySpan<ulong> Signs => _signs;

    /// <summary>The similarity to a vector by its code.</summary>
    public float Approximate(ReadOnlySpan<sbyte> code, float scale) => Int8Code.Dot(_digits, code) * (_scale * scale);

    /// <summary>How far <see cref="Approximate"/> may be off a vector whose code is off by <paramref name="error"/>.</summary>
    /// <remarks>With q = q' + u and v = v' + r: |q.v - q'.v'| = |u.v' + q.r| &lt;= |u| |v'| + |q| |r| (Cauchy and Schwarz), where |q| = 1 and |v'| &lt;= 1 + |r|.</remarks>
    public float Bound(float error) => (_error * (1 + error)) + error;
}
