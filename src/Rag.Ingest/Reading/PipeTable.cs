using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>A grid of cells in Markdown's pipe form.</summary>
internal static class PipeTable
{
    /// <summary>The first row that is not blank is the header. Blank rows and columns are left out; line breaks in a cell become spaces and its pipes are escaped.</summary>
    public static string Of(IReadOnlyList<IReadOnlyList<string>> grid)
    {
        var rows = grid.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToList();
        var columns = Enumerable.Range(0, rows.Count == 0 ? 0 : rows.Max(row => row.Count))
            .Where(column => rows.Exists(row => column < row.Count && !string.IsNullOrWhiteSpace(row[column]))).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append('|');
            foreach (var column in columns)
            {
                var cell = column < rows[i].Count ? rows[i][column] : "";
                text.Append(' ').Append(TextCleaning.OneLine(cell).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |");
            }

            text.Append('\n');
            if (i == 0)
            {
                text.Append('|').Insert(text.Length, " --- |", columns.Length).Append('\n');
            }
        }

        return text.ToString();
    }
}
