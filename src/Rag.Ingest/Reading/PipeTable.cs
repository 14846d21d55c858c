using System.Buffers;
using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>A grid of cells in Markdown's pipe form.</summary>
internal static class PipeTable
{
    private const int MostFilledUp = 256;

    private static readonly SearchValues<char> _notPlain = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '|', '\u007F', '\u0085', '\u00A0', '\u2028', '\u2029', '\uFEFF']);

    /// <summary>The first row that is not blank is the header. Blank rows and columns are left out; line breaks in a cell become spaces and its pipes are escaped.</summary>
    public static string Of(IReadOnlyList<IReadOnlyList<string>> grid)
    {
        var rows = grid.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToList();
        var columns = new SortedSet<int>(rows.SelectMany(row => row.Index().Where(cell => !string.IsNullOrWhiteSpace(cell.Item)).Select(cell => cell.Index)));
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append('|');
            // the rows of a very wide table end where they end: filled up, a few cells would make a long text
            foreach (var column in columns.TakeWhile(column => column < rows[i].Count || columns.Count <= MostFilledUp))
            {
                AppendCell(text, column < rows[i].Count ? rows[i][column] : "");
            }

            text.Append('\n');
            if (i == 0)
            {
                AppendRule(text, columns.Count);
            }
        }

        return text.ToString();
    }

    /// <summary>One cell with the pipe behind it; the row has a pipe before its first.</summary>
    public static void AppendCell(StringBuilder row, string cell)
    {
        if (cell.AsSpan().ContainsAny(_notPlain))
        {
            cell = TextCleaning.OneLine(cell).Replace("|", "\\|", StringComparison.Ordinal);
        }

        row.Append(' ').Append(cell.AsSpan().Trim()).Append(" |");
    }

    /// <summary>The line between header and rows.</summary>
    public static void AppendRule(StringBuilder text, int columns) => text.Append('|').Insert(text.Length, " --- |", columns).Append('\n');
}
