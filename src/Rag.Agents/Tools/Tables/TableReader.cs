using System.Globalization;
using System.Text;

namespace Rag.Agents.Tools.Tables;

/// <summary>Finds the tables of a document, which are its blocks in pipe form, and of JSON its arrays of records.</summary>
internal static class TableReader
{
    /// <summary>The tables in order; those without a row are left out.</summary>
    public static IReadOnlyList<Table> Read(ScopedDocument source)
    {
        var document = source.Document;
        var title = Prompt.OnOneLine(document.Title);
        var (tables, heading) = (new List<Table>(), "");
        foreach (var (keys, rows) in document.MediaType == "application/json" ? JsonTables.Of(document.Text) : [])
        {
            tables.AddRange(Of(title, source, rows).Select(t => t with { Heading = Prompt.OnOneLine(keys) }));
        }

        foreach (var block in document.Blocks)
        {
            heading = block.Kind == BlockKind.Heading ? Prompt.OnOneLine(block.Span.Of(document.Text)) : heading;
            tables.AddRange(block.Kind == BlockKind.Table ? Of(title, source, Pipes(document.Text, block.Span)).Select(t => t with { Heading = heading }) : []);
        }

        return tables.Count < 2 ? [.. tables.Select(t => t with { Heading = "" })] : [.. tables.Select((table, i) => table with { Name = string.Create(CultureInfo.InvariantCulture, $"{title} #{i + 1}") })];
    }

    private static IReadOnlyList<Table> Of(string name, ScopedDocument source, List<TableRow> rows)
    {
        if (rows.Count < 2)
        {
            return [];
        }

        var columns = Named(rows[0].Cells);
        return [new(name, source, columns, [.. rows.Skip(1).Select(row => row with { Cells = [.. Enumerable.Range(0, columns.Count).Select(i => i < row.Cells.Count ? row.Cells[i] : "")] })])];
    }

    // A column needs a name of its own to be asked for.
    private static List<string> Named(IReadOnlyList<string> header)
    {
        var (names, taken) = (new List<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var (i, cell) in header.Index())
        {
            var name = cell.Length > 0 ? cell : string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            for (var number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{(cell.Length > 0 ? cell : "column")} ({number})");
            }

            names.Add(name);
        }

        return names;
    }

    private static List<TableRow> Pipes(string text, TextSpan block)
    {
        var rows = new List<TableRow>();
        for (var start = block.Start; start < block.End;)
        {
            var end = text.IndexOf('\n', start, block.End - start) is >= 0 and var newline ? newline : block.End;
            var line = text[start..end];
            if (line.Contains('|', StringComparison.Ordinal) && !(rows.Count == 1 && line.AsSpan().IndexOfAnyExcept("|-: \r") < 0))
            {
                rows.Add(new(PipeCells(line.Trim()), new(start, end)));
            }

            start = end + 1;
        }

        return rows;
    }

    private static List<string> PipeCells(string line)
    {
        var (cells, cell) = (new List<string>(), new StringBuilder());
        for (var i = line.StartsWith('|') ? 1 : 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] == '|')
            {
                cell.Append(line[++i]);
            }
            else if (line[i] == '|')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        if (!line.EndsWith('|'))
        {
            cells.Add(cell.ToString().Trim());
        }

        return cells;
    }
}
