namespace Rag.Pdf.Content;

/// <summary>What a page shows, in the order in which it is painted.</summary>
/// <remarks>Coordinates as in <see cref="Letter"/>.</remarks>
internal sealed class PageContent
{
    /// <summary>Width and height of the displayed page, in points.</summary>
    public required float Width { get; init; }

    public required float Height { get; init; }

    public List<Letter> Letters { get; init; } = [];

    /// <summary>Straight lines and thin filled rectangles, upright only: what tables are ruled with.</summary>
    public List<Rectangle> Rules { get; } = [];

    /// <summary>Filled areas that are no rules (cell shading, boxes).</summary>
    public List<Rectangle> Fills { get; } = [];

    /// <summary>Where images stand.</summary>
    public List<Rectangle> Images { get; } = [];

    /// <summary>Article beads in their order of reading; empty as a rule.</summary>
    public List<Rectangle> Beads { get; init; } = [];

    /// <summary>What readers wrote on the page (sticky notes, comments on highlights): beside the text, not part of it.</summary>
    public List<PageNote> Notes { get; } = [];

    /// <summary>Object numbers of the forms whose marked content counts for itself: <see cref="Letter.MarkedContent"/> in the n-th of them (from 1) is its own id plus n times <see cref="FormStride"/>.</summary>
    public List<int> MarkedForms { get; } = [];

    /// <summary>See <see cref="MarkedForms"/>.</summary>
    public const int FormStride = 1 << 20;

    /// <summary>The page itself.</summary>
    public Rectangle Bounds => new(0, 0, Width, Height);
}

/// <summary>A comment on a page, and where it points to.</summary>
internal sealed record PageNote(string Text, Rectangle Box);
