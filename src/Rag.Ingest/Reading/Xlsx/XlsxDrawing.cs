using System.Globalization;
using System.Xml.Linq;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xlsx;

/// <summary>The words of what is drawn on a sheet (ECMA-376 part 1, 20.5): text boxes and shapes, titles of charts and names of their series. Numbers of charts stand in cells.</summary>
/// <param name="package">The file.</param>
/// <param name="part">The drawing.</param>
/// <param name="read">The parts that were read already; a part belongs to one sheet.</param>
internal sealed class XlsxDrawing(OfficePackage package, string part, HashSet<string> read)
{
    private readonly Dictionary<string, string> _links = package.Links(part).DistinctBy(link => link.Id).ToDictionary(link => link.Id, link => link.Part);

    /// <summary>What is drawn, in the order of the file, with the cell at its upper left corner.</summary>
    public IEnumerable<(CellRange Cell, string Text)> Texts()
    {
        foreach (var anchor in package.Load(part)?.Elements() ?? [])
        {
            var texts = new List<string>();
            Walk(anchor, 1, texts);
            foreach (var text in texts)
            {
                yield return (Place(anchor.Child("from")), text);
            }
        }
    }

    private void Walk(XElement element, int depth, List<string> texts)
    {
        package.CheckDepth(depth);
        var isHidden = element.Elements().SelectMany(properties => properties.All("cNvPr")).Any(own => (string?)own.Attribute("hidden") is "1" or "true");
        foreach (var child in isHidden ? [] : element.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "txBody":
                    var lines = child.All("p").Select(p => string.Concat(p.Descendants().Where(e => e.Name.LocalName is "t" or "br").Select(e => e.Name.LocalName == "br" ? "\n" : e.Value)));
                    Add("Text box: ", string.Join('\n', lines), texts);
                    break;
                case "chart" when Linked(child) is { } chart && read.Add(chart) && package.Load(chart) is { } root:
                    var (title, grid) = ChartTable.Of(root);
                    var series = string.Join(", ", grid[0].Where(name => !string.IsNullOrWhiteSpace(name)));
                    Add("Chart: ", string.Join("; ", new[] { title, series.Length > 0 ? $"series {series}" : "" }.Where(words => !string.IsNullOrWhiteSpace(words))), texts);
                    break;
                case "Fallback":
                    break; // says the same in older terms
                default:
                    Walk(child, depth + 1, texts);
                    break;
            }
        }
    }

    private static void Add(string kind, string words, List<string> texts)
    {
        if (!string.IsNullOrWhiteSpace(words))
        {
            texts.Add(kind + words.Trim());
        }
    }

    private string? Linked(XElement chart) => _links.GetValueOrDefault((string?)chart.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0) ?? "");

    private static CellRange Place(XElement? from)
    {
        var (row, column) = (1 + Index(from, "row", CellRange.MaxRow), Index(from, "col", CellRange.MaxColumn));
        return new(row, column, row, column);
    }

    private static int Index(XElement? from, string name, int most) => int.TryParse(from.Child(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Math.Min(index, most - 1) : 0;
}
