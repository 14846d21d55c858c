using System.Xml.Linq;

namespace Rag.Evaluation.Reports;

/// <summary>Elements of a drawing.</summary>
internal static class Svg
{
    /// <summary>Colours of the page's style: after the last one they begin again.</summary>
    public const int Colours = 8;

    /// <summary>A drawing as wide as the text around it; <paramref name="title"/> is read out in its place.</summary>
    public static XElement Picture(double width, double height, string title, params object?[] content) =>
        Html.Of("svg", ("viewBox", Html.Text($"0 0 {width} {height}")), ("role", "img"), ("aria-label", title), content);

    public static XElement Line(double x1, double y1, double x2, double y2, string style) =>
        Html.Of("line", ("class", style), ("x1", Html.Place(x1)), ("y1", Html.Place(y1)), ("x2", Html.Place(x2)), ("y2", Html.Place(y2)));

    public static XElement Circle(double x, double y, double radius, string style, string title) =>
        Html.Of("circle", ("class", style), ("cx", Html.Place(x)), ("cy", Html.Place(y)), ("r", Html.Place(radius)), Html.Of("title", title));

    public static XElement Path(string style, string data) => Html.Of("path", ("class", style), ("d", data));

    /// <param name="x">Where it stands.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">What it says.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>: which part of it stands at <paramref name="x"/>.</param>
    public static XElement Label(double x, double y, string text, string anchor) =>
        Html.Of("text", ("x", Html.Place(x)), ("y", Html.Place(y)), ("text-anchor", anchor), text);

    /// <summary>The style of the n-th run, from 0.</summary>
    public static string Colour(int run) => Html.Text($"c{run % Colours}");
}
