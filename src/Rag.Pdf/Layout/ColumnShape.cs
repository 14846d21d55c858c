namespace Rag.Pdf.Layout;

/// <summary>Margins and line distance of the lines of a zone.</summary>
/// <param name="U0">Where most lines begin, or the leftmost.</param>
/// <param name="U1">Where the longest line ends.</param>
/// <param name="Pitch">The usual distance from baseline to baseline.</param>
internal readonly record struct ColumnShape(float U0, float U1, float Pitch)
{
    private const float Short = 0.12f; // of the width; ragged lines end within that of the margin as a rule

    public static ColumnShape Of(List<TextLine> lines)
    {
        var (u0, u1) = (lines.Min(l => l.U0), lines.Max(l => l.U1));
        if (lines.Count == 1)
        {
            return new(u0, u1, 1.3f * lines[0].Size);
        }

        var pitches = new float[lines.Count - 1];
        for (var i = 1; i < lines.Count; i++)
        {
            pitches[i - 1] = lines[i].Base - lines[i - 1].Base;
        }

        Array.Sort(pitches);
        return new(u0, u1, pitches[(pitches.Length - 1) / 2]);
    }

    /// <summary>Whether a word more would have had room on the line.</summary>
    public bool IsShort(TextLine line) => line.Has(GlyphStyle.RightToLeft) ? line.U0 > U0 + (Short * (U1 - U0)) : line.U1 < U1 - (Short * (U1 - U0));
}
