using System.Globalization;
using System.Xml.Linq;

namespace Rag.Ingest.Reading.Office;

/// <summary>The text of a SmartArt diagram (ECMA-376 part 1, 21.4): its points from the top of their hierarchy down.</summary>
internal static class DiagramText
{
    /// <summary>Each point that has a text, with its level from 1.</summary>
    public static List<(string Text, int Level)> Of(XElement root)
    {
        var points = root.Child("ptLst").All("pt").DistinctBy(Id).ToDictionary(Id, point => point);
        var below = root.Child("cxnLst").All("cxn").Where(link => (string?)link.Attribute("type") is null or "parOf")
            .ToLookup(link => (string?)link.Attribute("srcId") ?? "", link => (Order: Number(link), Point: (string?)link.Attribute("destId") ?? ""));
        var (items, seen) = (new List<(string, int)>(), new HashSet<string>());
        var open = new Stack<(string Point, int Level)>(points.Where(point => (string?)point.Value.Attribute("type") == "doc").Select(point => (point.Key, 0)));
        while (open.TryPop(out var next))
        {
            if (!points.TryGetValue(next.Point, out var point) || !seen.Add(next.Point))
            {
                continue;
            }

            var text = string.Join('\n', point.Child("t").All("p").Select(p => string.Concat(p.Descendants().Where(e => e.Name.LocalName == "t").Select(e => e.Value)))).Trim();
            if (text.Length > 0)
            {
                items.Add((text, Math.Max(1, next.Level)));
            }

            foreach (var (_, child) in below[next.Point].OrderByDescending(link => link.Order))
            {
                open.Push((child, next.Level + 1));
            }
        }

        return items;
    }

    private static string Id(XElement point) => (string?)point.Attribute("modelId") ?? "";

    private static long Number(XElement link) => long.TryParse((string?)link.Attribute("srcOrd"), NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : 0;
}
