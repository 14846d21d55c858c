using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.Pptx;

/// <summary>Reads a table of DrawingML (ECMA-376 part 1, 21.1.3). A cell that spans rows is repeated in each, one that spans columns stands in the first.</summary>
internal static class PptxTable
{
    // A longer text is given once: repeating it in each row it spans would let a small file ask for a very long text.
    private const int LongestRepeated = 200;

    public static SlideBlock Read(XmlReader reader, OfficePackage package)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var name in reader.Children(package))
        {
            if (name != "tr")
            {
                continue;
            }

            var row = new List<string>();
            foreach (var cell in reader.Children(package))
            {
                if (cell == "tc")
                {
                    var above = rows.Count > 0 && row.Count < rows[^1].Count ? rows[^1][row.Count] : "";
                    row.Add(Cell(reader, package, above));
                }
            }

            rows.Add(row);
        }

        return new(BlockKind.Table, PipeTable.Of(rows));
    }

    private static string Cell(XmlReader reader, OfficePackage package, string above)
    {
        var (continuesRow, continuesColumn, text) = (IsOn(reader.GetAttribute("hMerge")), IsOn(reader.GetAttribute("vMerge")), "");
        foreach (var name in reader.Children(package))
        {
            if (name == "txBody")
            {
                text = string.Join('\n', new PptxText(package, bullets: false).Read(reader).Select(block => block.Text));
            }
        }

        return continuesRow ? "" : continuesColumn ? (above.Length <= LongestRepeated ? above : "") : text;
    }

    private static bool IsOn(string? value) => value is "1" or "true" || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0);
}
