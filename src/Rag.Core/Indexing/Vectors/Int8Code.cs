using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rag.Indexing.Vectors;

/// <summary>A vector as one signed byte a number, each the number divided by the vector's scale: a quarter of the memory to read, and the error is known.</summary>
internal static class Int8Code
{
    /// <summary>The largest digit; the vector's largest number becomes this one.</summary>
    public const int Limit = 127;

    /// <summary>Writes the code of a vector. It stands for <c>scale * code</c>, which lies <c>error</c> (Euclidean) from the vector.</summary>
    public static (float Scale, float Error) Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        var scale = TensorPrimitives.MaxMagnitude(vector) is var largest && largest != 0 ? MathF.Abs(largest) / Limit : 1;
        var squares = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            code[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -Limit, Limit);
            var rest = (double)vector[i] - ((double)code[i] * scale);
            squares += rest * rest;
        }

        return (scale, (float)Math.Sqrt(squares));
    }

    /// <summary>The dot product of two codes.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var i = 0;
        var sum = 0;
        ref var l = ref MemoryMarshal.GetReference(left);
        ref var r = ref MemoryMarshal.GetReference(right);
        if (Avx512BW.IsSupported)
        {
            var lanes = Vector512<int>.Zero;
            for (; i <= left.Length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
            {
                lanes += Avx512BW.MultiplyAddAdjacent(
                    Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref l, (nuint)i)), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref r, (nuint)i)));
            }

            sum = Vector512.Sum(lanes);
        }
        else if (Avx2.IsSupported)
        {
            var lanes = Vector256<int>.Zero;
            for (; i <= left.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            {
                lanes += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref l, (nuint)i)), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref r, (nuint)i)));
            }

            sum = Vector256.Sum(lanes);
        }

        return sum + DotOnAnyMachine(left[i..], right[i..]);
    }

    /// <summary>The dot product of a query's digits (see <see cref="CodedQuery"/>) and a code.</summary>
    public static int Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> code)
    {
        var i = 0;
        var sum = 0;
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var c = ref MemoryMarshal.GetReference(code);
        if (Avx512BW.IsSupported)
        {
            var lanes = Vector512<int>.Zero;
            for (; i <= query.Length - Vector512<short>.Count; i += Vector512<short>.Count)
            {
                lanes += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref q, (nuint)i), Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref c, (nuint)i)));
            }

            sum = Vector512.Sum(lanes);
        }
        else if (Avx2.IsSupported)
        {
            var lanes = Vector256<int>.Zero;
            for (; i <= query.Length - Vector256<short>.Count; i += Vector256<short>.Count)
            {
                lanes += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref q, (nuint)i), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref c, (nuint)i)));
            }

            sum = Vector256.Sum(lanes);
        }

        return sum + DotOnAnyMachine(query[i..], code[i..]);
    }

    /// <summary>What <see cref="Dot(ReadOnlySpan{sbyte}, ReadOnlySpan{sbyte})"/> does without AVX.</summary>
    public static int DotOnAnyMachine(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var i = 0;
        var lanes = Vector128<int>.Zero;
        for (; i <= left.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var (l, r) = (Vector128.Widen(Vector128.Create(left[i..])), Vector128.Widen(Vector128.Create(right[i..])));
            lanes += Sum(l.Lower * r.Lower) + Sum(l.Upper * r.Upper); // 127 * 127 fits a short
        }

        var sum = Vector128.Sum(lanes);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>What <see cref="Dot(ReadOnlySpan{short}, ReadOnlySpan{sbyte})"/> does without AVX.</summary>
    public static int DotOnAnyMachine(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> code)
    {
        var i = 0;
        var lanes = Vector128<int>.Zero;
        for (; i <= query.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var c = Vector128.Widen(Vector128.Create(code[i..]));
            lanes += Products(Vector128.Create(query[i..]), c.Lower) + Products(Vector128.Create(query[(i + Vector128<short>.Count)..]), c.Upper);
        }

        var sum = Vector128.Sum(lanes);
        for (; i < query.Length; i++)
        {
            sum += query[i] * code[i];
        }

        return sum;
    }

    private static Vector128<int> Sum(Vector128<short> products)
    {
        var (lower, upper) = Vector128.Widen(products);
        return lower + upper;
    }

    private static Vector128<int> Products(Vector128<short> left, Vector128<short> right)
    {
        var (l, r) = (Vector128.Widen(left), Vector128.Widen(right));
        return (l.Lower * r.Lower) + (l.Upper * r.Upper);
    }
}
