using System.Runtime.InteropServices;

namespace Rag.Pdf.Content;

/// <summary>The current path (8.5.2) on the displayed page, up to a bound; of curves only the ends are kept, and a box around all.</summary>
internal sealed class PagePath
{
    private const int Most = 100_000;
    private readonly List<PathPoint> _points = [];
    private int _start;
    private float _x0 = float.PositiveInfinity, _y0 = float.PositiveInfinity, _x1 = float.NegativeInfinity, _y1 = float.NegativeInfinity;

    public ReadOnlySpan<PathPoint> Points => CollectionsMarshal.AsSpan(_points);

    /// <summary>Box around the path; empty where there is none.</summary>
    public Rectangle Bounds => new(_x0, _y0, _x1, _y1);

    public void MoveTo(in Matrix m, ReadOnlySpan<double> point)
    {
        if (point is [var x, var y])
        {
            Add(m, x, y, PathStep.Move);
        }
    }

    public void LineTo(in Matrix m, ReadOnlySpan<double> point)
    {
        if (point is [var x, var y])
        {
            Add(m, x, y, PathStep.Line);
        }
    }

    /// <summary>A curve to the last of its points; the control points before bound it.</summary>
    public void CurveTo(in Matrix m, ReadOnlySpan<double> points)
    {
        for (var i = 0; i + 3 < points.Length; i += 2)
        {
            Bound((float)m.X(points[i], points[i + 1]), (float)m.Y(points[i], points[i + 1]));
        }

        if (points is [.., var x, var y])
        {
            Add(m, x, y, PathStep.Curve);
        }
    }

    public void AddRectangle(in Matrix m, ReadOnlySpan<double> r)
    {
        if (r is [var x, var y, var width, var height])
        {
            Add(m, x, y, PathStep.Move);
            Add(m, x + width, y, PathStep.Line);
            Add(m, x + width, y + height, PathStep.Line);
            Add(m, x, y + height, PathStep.Line);
            Close();
        }
    }

    /// <summary>Back to where the subpath began.</summary>
    public void Close()
    {
        if (_points.Count > 0 && _points[^1].Step != PathStep.Close)
        {
            _points.Add(_points[_start] with { Step = PathStep.Close });
        }
    }

    public void Clear()
    {
        _points.Clear();
        (_x0, _y0, _x1, _y1) = (float.PositiveInfinity, float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity);
    }

    private void Add(in Matrix m, double x, double y, PathStep step)
    {
        float px = (float)m.X(x, y), py = (float)m.Y(x, y);
        Bound(px, py);
        if (_points.Count >= Most)
        {
            return;
        }

        // a line after a closed subpath begins a new one where that began
        if (step != PathStep.Move && (_points.Count == 0 || _points[^1].Step == PathStep.Close))
        {
            var from = _points.Count == 0 ? new(px, py, PathStep.Move) : _points[^1] with { Step = PathStep.Move };
            _start = _points.Count;
            _points.Add(from);
        }

        if (step == PathStep.Move)
        {
            _start = _points.Count;
        }

        _points.Add(new(px, py, step));
    }

    private void Bound(float x, float y)
    {
        _x0 = Math.Min(_x0, x);
        _y0 = Math.Min(_y0, y);
        _x1 = Math.Max(_x1, x);
        _y1 = Math.Max(_y1, y);
    }
}

/// <summary>How a path comes to a point.</summary>
internal enum PathStep : byte
{
    Move,
    Line,
    Curve,
    Close,
}

/// <summary>A point of a path on the displayed page.</summary>
internal readonly record struct PathPoint(float X, float Y, PathStep Step);
