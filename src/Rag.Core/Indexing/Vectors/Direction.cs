using System.Globalization;
using System.Numerics.Tensors;

namespace Rag.Indexing.Vectors;

/// <summary>What a vector says once its length is left out.</summary>
internal static class Direction
{
    /// <summary>Writes a vector of length 1 in the same direction; zeros for zeros.</summary>
    /// <exception cref="ArgumentException">A number is infinite or none at all.</exception>
    public static void Of(ReadOnlySpan<float> vector, Span<float> unit, string parameter)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Number {i} of a vector of {vector.Length} is {vector[i]}; a vector can be compared only when all its numbers are finite. Embed the text again."), parameter);
            }
        }

        var norm = TensorPrimitives.Norm(vector);
        if (float.IsNormal(norm))
        {
            TensorPrimitives.Divide(vector, norm, unit);
            return;
        }

        // Zeros, or numbers whose squares are too large or too small for a float.
        var largest = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        for (var i = 0; i < vector.Length; i++)
        {
            unit[i] = largest == 0 ? 0 : (float)((double)vector[i] / largest);
        }

        TensorPrimitives.Divide(unit, largest == 0 ? 1 : TensorPrimitives.Norm<float>(unit), unit);
    }
}
