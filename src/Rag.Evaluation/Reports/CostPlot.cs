using System.Xml.Linq;
using Rag.Evaluation.Results;

namespace Rag.Evaluation.Reports;

/// <summary>Quality against the time of a query: up is better, left is faster.</summary>
internal static class CostPlot
{
    private const double Width = 470, Height = 330, Left = 52, Right = 455, Top = 14, Bottom = 272, LineHeight = 15, CharacterWidth = 6.5, Gap = 11;

    /// <summary>The plot, or <see langword="null"/> where fewer than two runs have a time.</summary>
    public static XElement? Of(IReadOnlyList<RunResult> runs, string measure, string label)
    {
        (int Index, RunResult Run, double Time, double Value)[] points = [.. runs.Select((r, i) => (i, r, r.Cost?.QueryMsP50 ?? 0, r.Means[measure])).Where(p => p.Item3 > 0)];
        if (points.Length < 2)
        {
            return null;
        }

        var x = Axis.AroundLogarithmic([.. points.Select(p => p.Time)], Left, Right);
        var y = Axis.Around([.. points.Select(p => p.Value)], Bottom, Top);
        return Svg.Picture(
            Width, Height,
            $"{label} against the median time of a query",
            y.Rows(Left, Right),
            x.Columns(Bottom),
            Svg.Label((Left + Right) / 2, Height - 14, "median time of a query, milliseconds", "middle"),
            points.Select(p => Svg.Circle(x.Place(p.Time), y.Place(p.Value), 6, Svg.Colour(p.Index), Html.Text($"{p.Run.Name}: {p.Value:0.0000}, {p.Time:0.###} ms"))),
            Labels([.. points.Select(p => (x.Place(p.Time), y.Place(p.Value), Html.Shortened(p.Run.Name, 28)))]));
    }

    // From the top down, each moved down a line for as long as another stands in its place.
    private static IEnumerable<XElement> Labels((double X, double Y, string Name)[] points)
    {
        List<(double From, double To, double Y)> taken = [];
        foreach (var (x, y, name) in points.OrderBy(p => p.Y))
        {
            var (isRight, width, place) = (x > (Left + Right) / 2, name.Length * CharacterWidth, y + 4);
            var (from, to) = isRight ? (x - Gap - width, x - Gap) : (x + Gap, x + Gap + width);
            while (taken.Exists(t => t.From < to && from < t.To && Math.Abs(t.Y - place) < LineHeight))
            {
                place += LineHeight;
            }

            taken.Add((from, to, place));
            yield return Svg.Label(isRight ? to : from, place, name, isRight ? "end" : "start");
        }
    }
}
