using System.Xml.Linq;
using Rag.Evaluation.Results;

namespace Rag.Evaluation.Reports;

/// <summary>Interpolated precision at eleven shares of recall, one line a run.</summary>
internal static class RecallPlot
{
    private const double Width = 470, Height = 330, Left = 52, Right = 455, Top = 14, Bottom = 272;

    /// <summary>The plot, or <see langword="null"/> where no run has the numbers.</summary>
    public static XElement? Of(IReadOnlyList<RunResult> runs)
    {
        (int Index, RunResult Run)[] lines = [.. runs.Select((r, i) => (i, r)).Where(l => l.r.PrecisionAtRecall.Count > 0)];
        if (lines.Length == 0)
        {
            return null;
        }

        var x = new Axis(0, 1, Left, Right);
        var y = Axis.Around([0, .. lines.SelectMany(l => l.Run.PrecisionAtRecall)], Bottom, Top);
        return Svg.Picture(
            Width, Height,
            "Precision against recall",
            y.Rows(Left, Right),
            x.Columns(Bottom),
            Svg.Label((Left + Right) / 2, Height - 14, "recall", "middle"),
            lines.Select(l => Svg.Path($"line {Svg.Colour(l.Index)}", "M" + string.Join('L', l.Run.PrecisionAtRecall.Select((p, i) => $"{Html.Place(x.Place(i / 10.0))} {Html.Place(y.Place(p))}")))));
    }
}
