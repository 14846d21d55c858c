namespace Rag.Pdf.Content;

/// <summary>Tells rules from shading among filled boxes: a thin box beside wider ones of its colour and height is a part of their shading, as narrow columns between the cells of a table are.</summary>
internal sealed class FilledBoxes(List<Rectangle> rules, List<Rectangle> fills, int most)
{
    private const float Near = 0.5f;
    private Rectangle _last;
    private float _light;
    private bool _isShading;
    private int _rules;

    /// <summary>Notes a box.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool Add(in Rectangle box, float light)
    {
        if (light != _light || !Touches(box, _last))
        {
            (_isShading, _rules, _light) = (false, 0, light);
        }

        _last = box;
        if (Math.Min(box.Width, box.Height) > PathPainter.Thickest)
        {
            // the thin boxes before it were no rules
            _isShading = true;
            fills.AddRange(rules[^_rules..]);
            rules.RemoveRange(rules.Count - _rules, _rules);
            _rules = 0;
            return Add(fills, box);
        }

        if (!PathPainter.IsThin(box))
        {
            return true;
        }

        _rules += _isShading || rules.Count >= most ? 0 : 1;
        return Add(_isShading ? fills : rules, box);
    }

    /// <summary>Other rules follow, so that those before stay.</summary>
    public void Break() => (_last, _isShading, _rules) = (default, false, 0);

    // side by side, and of the same height or width
    private static bool Touches(in Rectangle a, in Rectangle b) =>
        (IsNear(a.Y0, b.Y0) && IsNear(a.Y1, b.Y1) && (IsNear(a.X0, b.X1) || IsNear(a.X1, b.X0))) ||
        (IsNear(a.X0, b.X0) && IsNear(a.X1, b.X1) && (IsNear(a.Y0, b.Y1) || IsNear(a.Y1, b.Y0)));

    private static bool IsNear(float a, float b) => Math.Abs(a - b) <= Near;

    private bool Add(List<Rectangle> list, in Rectangle box)
    {
        if (list.Count >= most)
        {
            return false;
        }

        list.Add(box);
        return true;
    }
}
