using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rag.Llama.Decoding;

/// <summary>The exponential of logits, the same to the last bit on every machine, whatever its vector width and C library.</summary>
/// <remarks>
/// Cephes' <c>expf</c> (Moshier 1989): 2^n times a polynomial of degree 6, relative error below 2e-7. Only single additions and multiplications are used, which IEEE 754 fixes exactly;
/// fused ones, and sums whose order follows the vector width, would differ between processors. Eight lanes are summed each by itself in double precision.
/// </remarks>
internal static class Exponential
{
    /// <summary>Below this, e^x counts as 0; the true value is under 1.7e-38.</summary>
    private const float Lowest = -87f;

    private const float Log2E = 1.44269504f;
    private const float RoundingShift = 12582912f; // 1.5 * 2^23: adding and subtracting it rounds to an integer
    private const float LnHigh = 0.693359375f;
    private const float LnLow = -2.12194440e-4f;
    private const int Lanes = 8;

    /// <summary>e^<paramref name="x"/> for <paramref name="x"/> at most 0; exactly 1 at 0 and 0 at negative infinity.</summary>
    public static float Of(float x)
    {
        if (x < Lowest)
        {
            return 0;
        }

        var n = ((x * Log2E) + RoundingShift) - RoundingShift;
        var r = (x - (n * LnHigh)) - (n * LnLow);
        var p = (1.9875691500e-4f * r) + 1.3981999507e-3f;
        p = (p * r) + 8.3334519073e-3f;
        p = (p * r) + 4.1665795894e-2f;
        p = (p * r) + 1.6666665459e-1f;
        p = (p * r) + 5.0000001201e-1f;
        p = (p * (r * r)) + r + 1f;
        return p * BitConverter.Int32BitsToSingle(((int)n + 127) << 23);
    }

    /// <summary>Sum of e^((logit - <paramref name="max"/>) * <paramref name="scale"/>); no logit exceeds <paramref name="max"/>.</summary>
    public static double Sum(ReadOnlySpan<float> logits, float max, float scale = 1)
    {
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        var blocks = MemoryMarshal.Cast<float, Vector256<float>>(logits);
        var (shift, factor) = (Vector256.Create(max), Vector256.Create(scale));
        foreach (var block in blocks)
        {
            var (l, h) = Vector256.Widen(Of((block - shift) * factor));
            low += l;
            high += h;
        }

        var lanes = low + high;
        var sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        foreach (var logit in logits[(blocks.Length * Lanes)..])
        {
            sum += Of((logit - max) * scale);
        }

        return sum;
    }

    /// <summary>Logarithm of the sum of e^logit, so that a logit less this is its log-probability.</summary>
    public static double LogSum(ReadOnlySpan<float> logits, float max) => max + Math.Log(Sum(logits, max));

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // or its constants are loaded anew for every eight logits
    private static Vector256<float> Of(Vector256<float> x)
    {
        // below the lowest the lanes hold nonsense, which the last line clears
        var kept = Vector256.GreaterThanOrEqual(x, Vector256.Create(Lowest));
        var n = ((x * Log2E) + Vector256.Create(RoundingShift)) - Vector256.Create(RoundingShift);
        var r = (x - (n * LnHigh)) - (n * LnLow);
        var p = (r * 1.9875691500e-4f) + Vector256.Create(1.3981999507e-3f);
        p = (p * r) + Vector256.Create(8.3334519073e-3f);
        p = (p * r) + Vector256.Create(4.1665795894e-2f);
        p = (p * r) + Vector256.Create(1.6666665459e-1f);
        p = (p * r) + Vector256.Create(5.0000001201e-1f);
        p = (p * (r * r)) + r + Vector256<float>.One;
        var power = Vector256.ShiftLeft(Vector256.ConvertToInt32Native(n) + Vector256.Create(127), 23).AsSingle();
        return (p * power) & kept;
    }
}
