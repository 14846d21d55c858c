using System.Xml.Linq;

namespace Rag.Evaluation.Reports;

/// <summary>A small drawing of where a mean difference may lie, zero in the middle, on a scale that all rows of a table share.</summary>
internal static class IntervalPlot
{
    private const double Width = 120, Height = 20, Middle = Height / 2;

    /// <param name="comparison">What is drawn.</param>
    /// <param name="reach">The difference at either end, above 0.</param>
    public static XElement Of(RunComparison comparison, double reach)
    {
        var x = new Axis(-reach, reach, 6, Width - 6);
        var (low, mean, high) = comparison.Interval;
        return Svg.Picture(
            Width, Height,
            Html.Text($"{Html.Signed(low)} to {Html.Signed(high)}"),
            Svg.Line(x.Place(0), 0, x.Place(0), Height, "zero"),
            Svg.Line(x.Place(low), Middle, x.Place(high), Middle, "interval"),
            Svg.Circle(x.Place(mean), Middle, 4, "mean", Html.Signed(mean)));
    }
}
