namespace Rag.Pdf.Content;

/// <summary>An upright rectangle on a displayed page.</summary>
internal readonly record struct Rectangle(float X0, float Y0, float X1, float Y1)
{
    /// <summary>Everything.</summary>
    public static Rectangle Unbounded { get; } = new(float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, float.PositiveInfinity);

    public float Width => X1 - X0;

    public float Height => Y1 - Y0;

    /// <summary>Whether it holds no point at all; one without width or height still holds a line. Also what is not a number is empty.</summary>
    public bool IsEmpty => !(X0 <= X1 && Y0 <= Y1);

    public bool Contains(float x, float y) => x >= X0 && x <= X1 && y >= Y0 && y <= Y1;

    public Rectangle Intersect(in Rectangle other) => new(Math.Max(X0, other.X0), Math.Max(Y0, other.Y0), Math.Min(X1, other.X1), Math.Min(Y1, other.Y1));

    public Rectangle Grown(float by) => new(X0 - by, Y0 - by, X1 + by, Y1 + by);
}
