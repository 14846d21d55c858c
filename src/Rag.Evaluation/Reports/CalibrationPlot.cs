using System.Xml.Linq;
using Rag.Evaluation.Answers;

namespace Rag.Evaluation.Reports;

/// <summary>A drawing of how often answers are right against how sure they are; on the dotted line the two are equal.</summary>
public static class CalibrationPlot
{
    private const double Side = 400, Left = 52, Right = 385, Top = 14, Bottom = 347;
    private const string Style = "text { font: 12px sans-serif; fill: #57606a } .grid, .zero { stroke: #d0d7de } .even { stroke: #8c959f; stroke-dasharray: 3 3 } .c0 { stroke: #0969da; fill: #0969da } .line { fill: none; stroke-width: 2 }";

    /// <summary>The drawing, an SVG file of its own; circles are as large as their groups.</summary>
    public static string Of(Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        var picture = Picture(calibration, "c0");
        picture.AddFirst(new XElement("style", Style));
        return picture.ToString().Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal) + "\n";
    }

    /// <summary>The drawing as part of a page, in one of its colours.</summary>
    internal static XElement Picture(Calibration calibration, string colour)
    {
        var (x, y) = (new Axis(0, 1, Left, Right), new Axis(0, 1, Bottom, Top));
        var most = calibration.Groups.Select(g => g.Answers).DefaultIfEmpty(1).Max();
        return Svg.Picture(
            Side, Side,
            "Share of right answers against confidence",
            y.Rows(Left, Right),
            x.Columns(Bottom),
            Svg.Label((Left + Right) / 2, Side - 14, "confidence (across), share of answers that are right (up)", "middle"),
            Svg.Line(x.Place(0), y.Place(0), x.Place(1), y.Place(1), "even"),
            Svg.Path($"line {colour}", string.Join(' ', calibration.Groups.Select((g, i) => $"{(i == 0 ? 'M' : 'L')}{Html.Place(x.Place(g.Confidence))} {Html.Place(y.Place(g.Right))}"))),
            calibration.Groups.Select(g => Svg.Circle(x.Place(g.Confidence), y.Place(g.Right), 3 + (7 * Math.Sqrt((double)g.Answers / most)), colour, Html.Text($"{g.Answers} answers, confidence {g.Confidence:0.00}, right {g.Right:0.00}"))));
    }
}
