using System.Globalization;
using System.Xml.Linq;

namespace Rag.Ingest.Reading.Office;

/// <summary>The numbers that a chart was last drawn with (ECMA-376 part 1, 21.2), as a table: a row for each category, a column for each series.</summary>
internal static class ChartTable
{
    // points say themselves which they are, so a few can span a large table
    private const int MostPoints = 10_000;
    private const int MostSeries = 256;

    /// <summary>The title, empty where there is none, and the table, its header first.</summary>
    public static (string Title, List<List<string>> Grid) Of(XElement root)
    {
        var chart = root.Child("chart");
        var series = chart.Child("plotArea")?.Elements().SelectMany(kind => kind.All("ser")).Take(MostSeries).ToList() ?? [];
        var columns = series.ConvertAll(one => (Name: Points(one.Child("tx")).GetValueOrDefault(0, ""), Categories: Points(one.Child("cat") ?? one.Child("xVal")), Values: Points(one.Child("val") ?? one.Child("yVal"))));
        var grid = new List<List<string>> { (List<string>)["", .. columns.Select(column => column.Name)] };
        foreach (var point in columns.SelectMany(column => column.Categories.Keys.Concat(column.Values.Keys)).Distinct().Order().Take(MostPoints))
        {
            var category = columns.Select(column => column.Categories.GetValueOrDefault(point)).FirstOrDefault(name => name is not null) ?? "";
            grid.Add([category, .. columns.Select(column => column.Values.GetValueOrDefault(point, ""))]);
        }

        var title = Text(chart.Child("title"));
        return (title.Length > 0 ? title : Points(chart.Child("title").Child("tx")).GetValueOrDefault(0, ""), grid); // a title may stand in a cell
    }

    private static string Text(XElement? title) => string.Concat((title?.Descendants() ?? []).Where(e => e.Name.LocalName == "t").Select(e => e.Value));

    // of a reference to cells, the values that were stored with it
    private static Dictionary<int, string> Points(XElement? source)
    {
        var points = new Dictionary<int, string>();
        foreach (var point in (source?.Descendants() ?? []).Where(e => e.Name.LocalName == "pt").Take(MostPoints))
        {
            if (int.TryParse((string?)point.Attribute("idx"), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                // categories of several levels: the innermost comes first
                points[index] = points.TryGetValue(index, out var inner) ? $"{point.Child("v")?.Value} {inner}" : point.Child("v")?.Value ?? "";
            }
        }

        if (points.Count == 0 && source.Child("v") is { } value)
        {
            points[0] = value.Value;
        }

        return points;
    }
}
