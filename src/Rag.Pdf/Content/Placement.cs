using System.Runtime.CompilerServices;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>Where glyphs of one string come to stand: all that is the same for its letters, computed once.</summary>
/// <param name="m">From text space to the displayed page.</param>
/// <param name="font">Gives ascent and descent.</param>
/// <param name="size">Font size as set.</param>
/// <param name="scaling">Horizontal scaling.</param>
/// <param name="rise">Text rise.</param>
internal readonly struct Placement(in Matrix m, PdfFont font, double size, double scaling, double rise)
{
    private readonly double _ax = m.A, _ay = m.B;
    private readonly double _cx = m.C, _cy = m.D;
    private readonly double _x = m.E + (m.C * rise), _y = m.F + (m.D * rise);
    private readonly double _widthX = m.A * size * scaling, _widthY = m.B * size * scaling;
    private readonly double _upX = m.C * size, _upY = m.D * size;
    private readonly double _leftMost = Math.Min(m.C * size * font.Ascent, m.C * size * font.Descent);
    private readonly double _rightMost = Math.Max(m.C * size * font.Ascent, m.C * size * font.Descent);
    private readonly double _highest = Math.Min(m.D * size * font.Ascent, m.D * size * font.Descent);
    private readonly double _lowest = Math.Max(m.D * size * font.Ascent, m.D * size * font.Descent);

    /// <summary>Places a glyph of a horizontal font that begins at (x, y) in text space.</summary>
    /// <returns>Whether its place is a number.</returns>
    [MethodImpl(HotPath.Options)]
    public bool Horizontal(ref Letter letter, float width, double x, double y)
    {
        double px = _x + (_ax * x) + (_cx * y), py = _y + (_ay * x) + (_cy * y);
        double dx = _widthX * width, dy = _widthY * width;
        letter.X = (float)px;
        letter.Y = (float)py;
        letter.DX = (float)dx;
        letter.DY = (float)dy;
        letter.X0 = (float)(px + Math.Min(0, dx) + _leftMost);
        letter.X1 = (float)(px + Math.Max(0, dx) + _rightMost);
        letter.Y0 = (float)(py + Math.Min(0, dy) + _highest);
        letter.Y1 = (float)(py + Math.Max(0, dy) + _lowest);
        return float.IsFinite(letter.X0 + letter.X1 + letter.Y0 + letter.Y1);
    }

    /// <summary>Places a glyph of a vertical font (9.7.4.3): (x, y) is its vertical origin, from which it runs down by its advance.</summary>
    /// <returns>Whether its place is a number.</returns>
    public bool Vertical(ref Letter letter, in FontGlyph glyph, double x, double y)
    {
        double px = _x + (_ax * x) + (_cx * y), py = _y + (_ay * x) + (_cy * y);
        double dx = _upX * glyph.VerticalAdvance, dy = _upY * glyph.VerticalAdvance;
        double left = -glyph.OriginX, right = glyph.Width - glyph.OriginX;
        letter.X = (float)px;
        letter.Y = (float)py;
        letter.DX = (float)dx;
        letter.DY = (float)dy;
        letter.X0 = (float)(px + Math.Min(0, dx) + Math.Min(_widthX * left, _widthX * right));
        letter.X1 = (float)(px + Math.Max(0, dx) + Math.Max(_widthX * left, _widthX * right));
        letter.Y0 = (float)(py + Math.Min(0, dy) + Math.Min(_widthY * left, _widthY * right));
        letter.Y1 = (float)(py + Math.Max(0, dy) + Math.Max(_widthY * left, _widthY * right));
        return float.IsFinite(letter.X0 + letter.X1 + letter.Y0 + letter.Y1);
    }
}
