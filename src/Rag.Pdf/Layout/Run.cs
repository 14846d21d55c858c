using System.Runtime.CompilerServices;
namespace Rag.Pdf.Layout;

/// <summary>Glyphs that follow each other on one baseline, by U.</summary>
internal sealed class Run
{
    public List<Glyph> Glyphs { get; } = [];

    public float U0 { get; private set; } = float.MaxValue;

    public float U1 { get; private set; } = float.MinValue;

    public float Base { get; private set; }

    public float Size { get; private set; }

    public float Top => Base - Size;

    /// <summary>Whether any of its glyphs runs from right to left.</summary>
    public bool HasRightToLeft { get; private set; }

    /// <summary>Whether glyphs stand in the order of U.</summary>
    public bool IsOrdered { get; private set; } = true;

    [MethodImpl(HotPath.Options)]
    public void Add(in Glyph glyph)
    {
        // a mark that is set small and high, or a first letter set large: the larger glyphs say where the baseline is
        if (glyph.Size > Size * 1.15f || Glyphs.Count == 0)
        {
            Base = glyph.Base;
            Size = glyph.Size;
        }

        IsOrdered &= Glyphs.Count == 0 || glyph.U0 >= Glyphs[^1].U0;
        HasRightToLeft |= (glyph.Style & GlyphStyle.RightToLeft) != 0;
        U0 = MathF.Min(U0, glyph.U0);
        U1 = MathF.Max(U1, glyph.U1);
        Glyphs.Add(glyph);
    }

    public void Clear()
    {
        Glyphs.Clear();
        (U0, U1, Base, Size) = (float.MaxValue, float.MinValue, 0, 0);
        (HasRightToLeft, IsOrdered) = (false, true);
    }

    public void Append(Run other)
    {
        foreach (ref readonly var glyph in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(other.Glyphs))
        {
            Add(glyph);
        }
    }
}
