using System.Runtime.CompilerServices;
using Rag.Pdf.Files;

namespace Rag.Pdf.Content;

/// <summary>A transformation of coordinates (8.3.3): x' = A x + C y + E, y' = B x + D y + F.</summary>
internal readonly record struct Matrix(double A, double B, double C, double D, double E, double F)
{
    public static Matrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>How much an area grows, as a length: the square root of the determinant's size.</summary>
    public double Scale => Math.Sqrt(Math.Abs((A * D) - (B * C)));

    /// <summary>From an array of six numbers; <see langword="null"/> of anything else.</summary>
    public static Matrix? From(PdfArray? array) => From(array?.Numbers(6));

    public static Matrix? From(ReadOnlySpan<double> six) => six.Length < 6 ? null : new(six[0], six[1], six[2], six[3], six[4], six[5]);

    /// <summary>First this, then <paramref name="next"/>.</summary>
    [MethodImpl(HotPath.Options)]
    public Matrix Then(in Matrix next) => new(
        (A * next.A) + (B * next.C),
        (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C),
        (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E,
        (E * next.B) + (F * next.D) + next.F);

    /// <summary>This after a shift by x and y in its own coordinates.</summary>
    [MethodImpl(HotPath.Options)]
    public Matrix Shifted(double x, double y) => this with { E = (A * x) + (C * y) + E, F = (B * x) + (D * y) + F };

    public double X(double x, double y) => (A * x) + (C * y) + E;

    public double Y(double x, double y) => (B * x) + (D * y) + F;

    /// <summary>The upright box around a transformed rectangle.</summary>
    public Rectangle Box(double x0, double y0, double x1, double y1)
    {
        double ax = A * x0, bx = A * x1, ay = C * y0, by = C * y1;
        double cx = B * x0, dx = B * x1, cy = D * y0, dy = D * y1;
        return new(
            (float)(Math.Min(ax, bx) + Math.Min(ay, by) + E),
            (float)(Math.Min(cx, dx) + Math.Min(cy, dy) + F),
            (float)(Math.Max(ax, bx) + Math.Max(ay, by) + E),
            (float)(Math.Max(cx, dx) + Math.Max(cy, dy) + F));
    }
}
