namespace Rag.Ingest.Reading.Markup;

/// <summary>The cells of reStructuredText's drawn tables.</summary>
internal static class RstTable
{
    /// <summary>A table between lines such as <c>===  ====</c>: columns begin where the signs begin; a row without words in its first column goes on with the one above.</summary>
    public static List<string[]> Simple(ReadOnlySpan<string> lines)
    {
        var columns = Columns(lines[0]);
        var rows = new List<string[]>();
        var isNew = true;
        foreach (var line in lines)
        {
            if (IsRule(line) || string.IsNullOrWhiteSpace(line))
            {
                isNew = true;
                continue;
            }

            var cells = Cells(line, columns);
            if (cells[0].Length == 0 && rows.Count > 0 && !isNew)
            {
                Join(rows[^1], cells);
            }
            else
            {
                rows.Add(cells);
            }

            isNew = false;
        }

        return rows;
    }

    /// <summary>A table drawn with <c>+</c>, <c>-</c> and <c>|</c>; cells that reach over several rows or columns are split where the first line has its columns.</summary>
    public static List<string[]> Grid(ReadOnlySpan<string> lines)
    {
        var edges = lines[0].TrimEnd().Index().Where(c => c.Item == '+').Select(c => c.Index).ToArray();
        var rows = new List<string[]>();
        var isNew = true;
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("+-", StringComparison.Ordinal) || line.TrimStart().StartsWith("+=", StringComparison.Ordinal))
            {
                isNew = true;
                continue;
            }

            var cells = new string[Math.Max(edges.Length - 1, 1)];
            for (var i = 0; i < cells.Length; i++)
            {
                var (start, end) = edges.Length > 1 ? (edges[i] + 1, edges[i + 1]) : (0, line.Length);
                cells[i] = start >= line.Length ? "" : line[start..Math.Min(end, line.Length)].Trim(' ', '|');
            }

            if (isNew)
            {
                rows.Add(cells);
            }
            else
            {
                Join(rows[^1], cells);
            }

            isNew = false;
        }

        return rows;
    }

    /// <summary>Whether a line draws the columns of a simple table.</summary>
    public static bool IsRule(string line) => line.AsSpan().Trim() is { Length: > 2 } rule && rule.IndexOfAnyExcept('=', ' ') < 0 && rule.Contains(' ') && rule.Contains("==", StringComparison.Ordinal);

    private static List<(int Start, int End)> Columns(string rule)
    {
        var columns = new List<(int, int)>();
        for (var i = 0; i < rule.Length; i++)
        {
            if (rule[i] == '=')
            {
                var start = i;
                while (i < rule.Length && rule[i] == '=')
                {
                    i++;
                }

                columns.Add((start, i));
            }
        }

        return columns;
    }

    private static string[] Cells(string line, List<(int Start, int End)> columns)
    {
        var cells = new string[columns.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var start = columns[i].Start;
            var end = i + 1 < columns.Count ? columns[i + 1].Start : line.Length;
            cells[i] = start >= line.Length ? "" : line[start..Math.Min(Math.Max(end, start), line.Length)].Trim();
        }

        return cells;
    }

    private static void Join(string[] row, string[] more)
    {
        for (var i = 0; i < row.Length && i < more.Length; i++)
        {
            row[i] = more[i].Length == 0 ? row[i] : row[i].Length == 0 ? more[i] : $"{row[i]} {more[i]}";
        }
    }
}
