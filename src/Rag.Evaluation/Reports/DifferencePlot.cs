using System.Text;
using System.Xml.Linq;

namespace Rag.Evaluation.Reports;

/// <summary>What each query gained or lost: one bar a query, the greatest gain left, the greatest loss right.</summary>
internal static class DifferencePlot
{
    private const double Width = 960, Height = 260, Left = 52, Right = 950, Top = 14, Bottom = 232;

    public static XElement Of(RunComparison comparison, string label)
    {
        double[] sorted = [.. comparison.Differences.OrderDescending()];
        var y = Axis.Around([0, .. sorted], Bottom, Top);
        var step = (Right - Left) / sorted.Length;
        return Svg.Picture(
            Width, Height,
            Html.Text($"{label} of {comparison.Run.Name} less that of {comparison.Baseline.Name}: {comparison.Won} queries won, {comparison.Tied} tied, {comparison.Lost} lost"),
            y.Rows(Left, Right),
            Svg.Path("won", Bars(sorted, y, step, d => d > 0)),
            Svg.Path("lost", Bars(sorted, y, step, d => d < 0)),
            Svg.Label(Left, Height - 6, Html.Text($"{comparison.Won} won"), "start"),
            Svg.Label((Left + Right) / 2, Height - 6, Html.Text($"{comparison.Tied} tied"), "middle"),
            Svg.Label(Right, Height - 6, Html.Text($"{comparison.Lost} lost"), "end"));
    }

    private static string Bars(double[] sorted, Axis y, double step, Func<double, bool> isShown)
    {
        var path = new StringBuilder();
        var gap = step > 4 ? 1 : 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (isShown(sorted[i]))
            {
                path.Append(Html.Text($"M{Html.Place(Left + (i * step))} {Html.Place(y.Place(0))}V{Html.Place(y.Place(sorted[i]))}h{Html.Place(step - gap)}V{Html.Place(y.Place(0))}z"));
            }
        }

        return path.ToString();
    }
}
