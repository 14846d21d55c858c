namespace Rag.Pdf.Content;

/// <summary>Finds rules, filled areas and images in what is painted (8.5.3).</summary>
internal sealed class PathPainter(PageContent page, Background background)
{
    private const int Most = 20_000;

    /// <summary>Thicker lines are areas. Table rules are 0.25 to 1.5 points, heading rules up to 3.</summary>
    public const float Thickest = 3;

    /// <summary>A line is upright within one degree.</summary>
    private const float Slope = 0.01746f;

    private readonly FilledBoxes _boxes = new(page.Rules, page.Fills, Most);

    /// <summary>Whether something was left out because there was too much.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>Paints the path.</summary>
    /// <param name="path">Path on the displayed page.</param>
    /// <param name="state">Colours, line width and clip.</param>
    /// <param name="fill">Whether its inside is painted.</param>
    /// <param name="stroke">Whether its outline is painted.</param>
    /// <param name="isListed">Whether it counts on the page; else only as a background.</param>
    public void Paint(PagePath path, in GraphicsState state, bool fill, bool stroke, bool isListed)
    {
        var points = path.Points;
        for (var start = 0; fill && start < points.Length;)
        {
            var end = Subpath(points, start);
            Fill(points[start..end], state, isListed);
            start = end;
        }

        if (!stroke || !isListed || state.Stroke.Alpha <= 0)
        {
            return;
        }

        var thickness = (float)Math.Max(0.1, state.LineWidth * state.Transform.Scale);
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].Step is PathStep.Line or PathStep.Close)
            {
                Stroke(points[i - 1], points[i], thickness, state);
            }
        }
    }

    /// <summary>Paints an image into a box.</summary>
    public void Image(in Rectangle box, in Rectangle clip, bool isListed)
    {
        var seen = box.Intersect(clip).Intersect(page.Bounds);
        if (seen.IsEmpty)
        {
            return;
        }

        background.Add(seen, 0);
        if (!isListed)
        {
            return;
        }

        // lines are painted as stretched images by some printer drivers
        _boxes.Break();
        Add(IsThin(seen) ? page.Rules : page.Images, seen);
    }

    /// <summary>Whether a box is a line.</summary>
    public static bool IsThin(in Rectangle box)
    {
        var (thin, length) = box.Width < box.Height ? (box.Width, box.Height) : (box.Height, box.Width);
        return thin <= Thickest && length > thin * 2 && length >= 1;
    }

    private static int Subpath(ReadOnlySpan<PathPoint> points, int start)
    {
        var end = start + 1;
        while (end < points.Length && points[end].Step != PathStep.Move)
        {
            end++;
        }

        return end;
    }

    private void Fill(ReadOnlySpan<PathPoint> points, in GraphicsState state, bool isListed)
    {
        var isBox = IsUprightBox(points, out var box);
        var seen = box.Intersect(state.Clip).Intersect(page.Bounds);
        var light = state.Fill.Shown;
        if (seen.IsEmpty)
        {
            return;
        }

        if (isListed && isBox && IsSeen(seen, light))
        {
            HasOverflow |= !_boxes.Add(seen, light);
        }

        // a white shape that is no box may leave most of its box as it was; half transparent paint hides nothing
        if (isBox || light < 0.9f)
        {
            background.Add(seen, light);
        }
    }

    // white lines count on something darker, white areas and the paper never
    private bool IsSeen(in Rectangle box, float light) => IsThin(box)
        ? !Background.IsWhite(light) || !background.IsWhiteAt((box.X0 + box.X1) / 2, (box.Y0 + box.Y1) / 2)
        : light < 0.995f && !(box.Width > 0.95f * page.Width && box.Height > 0.95f * page.Height);

    private void Stroke(in PathPoint a, in PathPoint b, float thickness, in GraphicsState state)
    {
        float dx = Math.Abs(b.X - a.X), dy = Math.Abs(b.Y - a.Y);
        var half = thickness / 2;
        Rectangle box;
        if (dy <= dx * Slope)
        {
            var y = (a.Y + b.Y) / 2;
            box = new(Math.Min(a.X, b.X), y - half, Math.Max(a.X, b.X), y + half);
        }
        else if (dx <= dy * Slope)
        {
            var x = (a.X + b.X) / 2;
            box = new(x - half, Math.Min(a.Y, b.Y), x + half, Math.Max(a.Y, b.Y));
        }
        else
        {
            return;
        }

        var seen = box.Intersect(state.Clip).Intersect(page.Bounds);
        if (seen.IsEmpty)
        {
            return;
        }

        var light = state.Stroke.Shown;
        if (thickness > Thickest)
        {
            background.Add(seen, light);
            if (light < 0.995f)
            {
                Add(page.Fills, seen);
            }
        }
        else if (IsThin(seen))
        {
            AddRule(seen, light);
        }
    }

    // closing a line paints it twice
    private void AddRule(in Rectangle rule, float light)
    {
        if (IsSeen(rule, light) && !(page.Rules is [.., var last] && last == rule))
        {
            _boxes.Break();
            Add(page.Rules, rule);
        }
    }

    private void Add(List<Rectangle> list, in Rectangle box)
    {
        if (list.Count < Most)
        {
            list.Add(box);
        }
        else
        {
            HasOverflow = true;
        }
    }

    /// <summary>Whether the subpath is a rectangle with upright sides; in any case the box around its points.</summary>
    private static bool IsUprightBox(ReadOnlySpan<PathPoint> points, out Rectangle box)
    {
        float x0 = points[0].X, y0 = points[0].Y, x1 = x0, y1 = y0;
        var isUpright = true;
        var isCurved = false;
        foreach (var p in points)
        {
            isCurved |= p.Step == PathStep.Curve;
            x0 = Math.Min(x0, p.X);
            y0 = Math.Min(y0, p.Y);
            x1 = Math.Max(x1, p.X);
            y1 = Math.Max(y1, p.Y);
        }

        // also lines with mitred ends, as borders are drawn by some
        box = new(x0, y0, x1, y1);
        var corners = 0;
        if (IsThin(box) && points.Length > 2 && !isCurved)
        {
            return true;
        }

        for (var i = 1; i < points.Length && isUpright; i++)
        {
            var p = points[i];
            float dx = Math.Abs(p.X - points[i - 1].X), dy = Math.Abs(p.Y - points[i - 1].Y);
            isUpright = !isCurved && (Math.Min(dx, dy) <= 0.05f || Math.Min(dx, dy) <= Math.Max(dx, dy) * Slope) && IsCorner(p, box);
            corners++;
        }

        return isUpright && corners >= 3 && IsCorner(points[0], box);
    }

    private static bool IsCorner(in PathPoint p, in Rectangle box)
    {
        float tx = 0.05f + (box.Height * Slope), ty = 0.05f + (box.Width * Slope);
        return (p.X <= box.X0 + tx || p.X >= box.X1 - tx) && (p.Y <= box.Y0 + ty || p.Y >= box.Y1 - ty);
    }
}
