using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>Lines that belong together, before they become text.</summary>
internal sealed class LayoutBlock
{
    public PdfBlockKind Kind { get; set; }

    public int Level { get; set; }

    /// <summary>Its lines from top to bottom; of a table, all of its cells.</summary>
    public required List<TextLine> Lines { get; init; }

    /// <summary>Of a table, its rows, each with one cell a column (an empty list where nothing stands); else empty.</summary>
    public IReadOnlyList<IReadOnlyList<List<TextLine>>> Rows { get; init; } = [];

    public float U0 => Lines.Min(l => l.U0);

    public float U1 => Lines.Max(l => l.U1);

    public float Top => Lines.Min(l => l.Top);

    public float Bottom => Lines.Max(l => l.Bottom);

    public Rectangle Box
    {
        get
        {
            var box = Lines[0].Box;
            foreach (var line in Lines)
            {
                var b = line.Box;
                box = new(MathF.Min(box.X0, b.X0), MathF.Min(box.Y0, b.Y0), MathF.Max(box.X1, b.X1), MathF.Max(box.Y1, b.Y1));
            }

            return box;
        }
    }
}
