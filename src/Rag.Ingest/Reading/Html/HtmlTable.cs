using System.Globalization;
using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>A table of data, as opposed to a table that only lays out a page.</summary>
internal static class HtmlTable
{
    // HTML's own bound is 1,000; no table that is read as text is wider than this
    private const int MaxColumnSpan = 64;

    // A longer text is given once: repeating it in each row it spans would let a small page ask for a very long text.
    private const int LongestRepeated = 200;

    // Text of this length does not belong to a grid of values.
    private const int LongestCell = 1_000;

    /// <summary>Whether rows and columns mean something: at least two of each, and neither whole passages nor tables in the cells.</summary>
    public static bool IsData(IElement table)
    {
        if (table.GetAttribute("role") is "presentation" or "none")
        {
            return false;
        }

        var rows = Rows(table).Select(Cells).Where(cells => cells.Count > 0).ToList();
        var marked = table.Children.Any(child => child.LocalName is "caption" or "thead") || rows.Any(cells => cells.Any(cell => cell.LocalName == "th"));
        return rows.Count >= (marked ? 1 : 2)
            && rows.Any(cells => cells.Count >= 2)
            && (marked || !rows.Any(cells => cells.Any(cell => IsPassage(cell))));
    }

    /// <summary>The table in Markdown's pipe form. A cell that spans rows is repeated in each of them; its first row is the header.</summary>
    public static string ToPipes(IElement table)
    {
        var grid = new List<List<string>>();
        var below = new List<(int Rows, string Text)>(); // by column, what hangs down from the rows above
        foreach (var row in Rows(table))
        {
            var line = new List<string>();
            foreach (var cell in Cells(row))
            {
                Hang(line, below);
                var (text, columns, rows) = (InlineText.Of(cell), Span(cell, "colspan", MaxColumnSpan), Span(cell, "rowspan", ushort.MaxValue));
                for (var i = 0; i < columns; i++)
                {
                    Set(below, line.Count, (rows - 1, i == 0 && text.Length <= LongestRepeated ? text : ""));
                    line.Add(i == 0 ? text : "");
                }
            }

            while (line.Count < below.Count)
            {
                Hang(line, below);
                line.Add("");
            }

            grid.Add(line);
        }

        return PipeTable.Of(grid);
    }

    private static void Hang(List<string> line, List<(int Rows, string Text)> below)
    {
        while (line.Count < below.Count && below[line.Count].Rows > 0)
        {
            var (rows, text) = below[line.Count];
            below[line.Count] = (rows - 1, text);
            line.Add(text);
        }
    }

    private static void Set(List<(int Rows, string Text)> below, int column, (int Rows, string Text) value)
    {
        if (column == below.Count)
        {
            below.Add(value);
        }
        else
        {
            below[column] = value;
        }
    }

    private static IEnumerable<IElement> Rows(IElement table) => table.Children
        .SelectMany(child => child.LocalName is "thead" or "tbody" or "tfoot" ? child.Children.AsEnumerable() : [child])
        .Where(row => row.LocalName == "tr" && !Visibility.IsHidden(row));

    private static List<IElement> Cells(IElement row) => [.. row.Children.Where(cell => cell.LocalName is "td" or "th" && !Visibility.IsHidden(cell))];

    private static bool IsPassage(IElement cell) => Contains(cell, "table") || !LeavesRoom(cell, LongestCell, out _);

    private static bool Contains(IElement element, string name) => element.Children.Any(child => child.LocalName == name || Contains(child, name));

    // whether the text of the element is shorter than that, without looking at more of it
    private static bool LeavesRoom(INode node, int room, out int left)
    {
        left = room - (node is IText text ? text.Length : 0);
        for (var i = 0; i < node.ChildNodes.Length && left > 0; i++)
        {
            LeavesRoom(node.ChildNodes[i], left, out left);
        }

        return left > 0;
    }

    private static int Span(IElement cell, string attribute, int most) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, most) : 1;
}
