namespace Rag.Pdf.Content;

/// <summary>What a page shows, in the order in which it is painted.</summary>
/// <remarks>Coordinates as in <see cref="Letter"/>.</remarks>
internal sealed class PageContent
{
    /// <summary>Width and height of the displayed page, in points.</summary>
    public required float Width { get; init; }

    public required float Height { get; init; }

    public List<Letter> Letters { get; } = [];

    /// <summary>Straight lines and thin filled rectangles, upright only: what tables are ruled with.</summary>
    public List<Rectangle> Rules { get; } = [];

    /// <summary>Filled areas that are no rules (cell shading, boxes).</summary>
    public List<Rectangle> Fills { get; } = [];

    /// <summary>Where images stand.</summary>
    public List<Rectangle> Images { get; } = [];
}

/// <summary>An upright rectangle on a displayed page.</summary>
internal readonly record struct Rectangle(float X0, float Y0, float X1, float Y1)
{
    public float Width => X1 - X0;

    public float Height => Y1 - Y0;
}
