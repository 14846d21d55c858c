using System.Runtime.CompilerServices;
using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>Coordinates turned so that writing runs to the right along U and lines follow downwards along V, whatever way the text stands on the page.</summary>
/// <remarks>Vertical writing is the same case: it runs down, and its lines follow to the left, like text turned clockwise.</remarks>
/// <param name="Degrees">Direction of writing on the displayed page, clockwise from rightwards, 0 to 359.</param>
internal readonly record struct Frame(int Degrees)
{
    private const int Snap = 3; // scanned and skewed text is off by a degree or two

    private readonly float _cos = Degrees switch { 0 => 1, 90 or 270 => 0, 180 => -1, _ => MathF.Cos(Degrees * MathF.PI / 180) };
    private readonly float _sin = Degrees switch { 0 or 180 => 0, 90 => 1, 270 => -1, _ => MathF.Sin(Degrees * MathF.PI / 180) };

    /// <summary>Of text that runs to the right.</summary>
    public static Frame Upright { get; } = new(0);

    /// <summary>The frame in which <paramref name="letter"/> stands; quarter turns take in what is nearly one.</summary>
    [MethodImpl(HotPath.Options)]
    public static Frame Of(in Letter letter)
    {
        if (letter.DY == 0 && letter.DX >= 0)
        {
            return Upright;
        }

        var degrees = (int)MathF.Round(MathF.Atan2(letter.DY, letter.DX) * 180 / MathF.PI);
        degrees = (degrees + 360) % 360;
        var quarter = (degrees + 45) / 90 * 90;
        return new((Math.Abs(degrees - quarter) <= Snap ? quarter : degrees) % 360);
    }

    public (float U, float V) From(float x, float y) => ((x * _cos) + (y * _sin), (y * _cos) - (x * _sin));

    /// <summary>The upright page rectangle around a rectangle of this frame.</summary>
    [MethodImpl(HotPath.Options)]
    public Rectangle ToPage(float u0, float v0, float u1, float v1)
    {
        var (x0, y0) = ToPage(u0, v0);
        var (x1, y1) = ToPage(u1, v1);
        if (Degrees % 90 == 0)
        {
            return new(MathF.Min(x0, x1), MathF.Min(y0, y1), MathF.Max(x0, x1), MathF.Max(y0, y1));
        }

        var (x2, y2) = ToPage(u0, v1);
        var (x3, y3) = ToPage(u1, v0);
        return new(
            MathF.Min(MathF.Min(x0, x1), MathF.Min(x2, x3)),
            MathF.Min(MathF.Min(y0, y1), MathF.Min(y2, y3)),
            MathF.Max(MathF.Max(x0, x1), MathF.Max(x2, x3)),
            MathF.Max(MathF.Max(y0, y1), MathF.Max(y2, y3)));
    }

    [MethodImpl(HotPath.Options)]
    private (float X, float Y) ToPage(float u, float v) => ((u * _cos) - (v * _sin), (u * _sin) + (v * _cos));
}
