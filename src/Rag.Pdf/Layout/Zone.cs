namespace Rag.Pdf.Layout;

/// <summary>Lines of one column that follow each other, or one table: what is put in order as a whole.</summary>
internal sealed class Zone
{
    public Zone(List<TextLine> lines, LayoutBlock? table = null)
    {
        Lines = lines;
        Table = table;
        (U0, U1, Top, Bottom) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        Order = int.MaxValue;
        foreach (var line in lines)
        {
            U0 = MathF.Min(U0, line.U0);
            U1 = MathF.Max(U1, line.U1);
            Top = MathF.Min(Top, line.Base - (0.7f * line.Size));
            Bottom = MathF.Max(Bottom, line.Base + (0.1f * line.Size));
            Order = Math.Min(Order, line.Order);
            LastOrder = Math.Max(LastOrder, line.LastOrder);
        }
    }

    public List<TextLine> Lines { get; }

    public LayoutBlock? Table { get; }

    public float U0 { get; }

    public float U1 { get; }

    /// <summary>Tighter than boxes of lines, which reach into their neighbours where lines are set close.</summary>
    public float Top { get; }

    public float Bottom { get; }

    public int Order { get; }

    public int LastOrder { get; }

    /// <summary>Whether it is lines of running text: three or more of some width, most of them filled.</summary>
    public bool IsProse
    {
        get
        {
            var (width, size) = (U1 - U0, Lines[0].Size);
            return Lines.Count >= 3 && width >= 13 * size && Lines.Count(l => l.Width >= 0.82f * width) * 10 >= Lines.Count * 6;
        }
    }

    /// <summary>Whether one stands above the other, wholly or in part.</summary>
    public bool SharesColumn(Zone other) => MathF.Min(U1, other.U1) - MathF.Max(U0, other.U0) > 0.1f * MathF.Min(U1 - U0, other.U1 - other.U0);

    public bool IsAbove(Zone other) => Bottom <= other.Top + (0.25f * MathF.Min(Bottom - Top, other.Bottom - other.Top));
}
