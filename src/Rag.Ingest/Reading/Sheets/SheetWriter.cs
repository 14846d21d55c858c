using System.Text;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>Writes sheets: each one is a page under a heading, its regions tables, its rows lines with names such as <c>Prices!A2:D2</c>.</summary>
internal sealed class SheetWriter(DocumentBuilder builder)
{
    // Blank cells of a table so thinly filled would be most of its text.
    private const int SparseFrom = 100_000;
    private const int SparseFactor = 50;

    // A column of longer cells is running text.
    private const int LongestListed = 80;

    private const int LongestWaiting = 64 << 10; // then the limit of the whole text is checked

    private readonly StringBuilder _row = new();
    private int _line;

    /// <summary>The warning that names sheets which were not read; none where there are none.</summary>
    public static IReadOnlyList<string> HiddenSheets(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? [] : [$"Hidden sheets were not read: {string.Join(", ", names)}. Unhide those that belong to the document."];

    public void Write(Sheet sheet)
    {
        sheet.Complete();
        var name = Quoted(sheet.Name);
        builder.StartPage(sheet.Name);
        Add(BlockKind.Heading, sheet.Name, name, 2); // the workbook itself is the first level
        var prefix = name + "!";
        foreach (var region in SheetRegion.Of(sheet))
        {
            foreach (var caption in sheet.Captions.Where(caption => region.Range.Contains(caption.Range)))
            {
                Add(BlockKind.Paragraph, caption.Name, prefix + caption.Range);
            }

            Write(region, prefix);
        }

        foreach (var (cell, text) in sheet.Drawings)
        {
            Add(BlockKind.Paragraph, text, prefix + cell);
        }

        foreach (var (cell, text) in sheet.Comments)
        {
            Add(BlockKind.Footnote, $"{cell}: {text}", prefix + cell);
        }
    }

    private void Add(BlockKind kind, string text, string place, int level = 0)
    {
        builder.StartLine(++_line, place);
        builder.Add(kind, text, level);
    }

    private void Write(SheetRegion region, string prefix)
    {
        var title = 0;
        while (region.Rows.Count - title > 1 && region.Right > region.Left && region.Cells(region.Rows[title]).Length == 1)
        {
            Paragraph(region, region.Rows[title++], prefix);
        }

        if (title > 0)
        {
            region = region with { Rows = region.Rows[title..] };
        }

        if (region.Rows.Count > 1 && !IsText(region) && !IsSparse(region))
        {
            Table(region, prefix);
            return;
        }

        foreach (var row in region.Rows)
        {
            Paragraph(region, row, prefix);
        }
    }

    private void Table(SheetRegion region, string prefix)
    {
        builder.Begin(BlockKind.Table);
        var columns = Filled(region);
        foreach (var row in region.Rows)
        {
            builder.StartLine(++_line, Place(region, row, prefix));
            _row.Append('|');
            var cells = region.Cells(row);
            var next = 0;
            foreach (var column in columns)
            {
                while (next < cells.Length && cells[next].Column < column)
                {
                    next++;
                }

                PipeTable.AppendCell(_row, next < cells.Length && cells[next].Column == column ? cells[next].Text : "");
                if (_row.Length > LongestWaiting)
                {
                    Append();
                }
            }

            _row.Append('\n');
            if (row == region.Rows[0])
            {
                PipeTable.AppendRule(_row, columns.Count);
            }

            Append();
        }

        builder.End();
    }

    private void Paragraph(SheetRegion region, SheetRow row, string prefix)
    {
        builder.Begin(BlockKind.Paragraph);
        builder.StartLine(++_line, Place(region, row, prefix));
        var separator = "";
        foreach (var cell in region.Cells(row))
        {
            builder.Append(separator);
            builder.Append(cell.Text);
            separator = " | ";
        }

        builder.End();
    }

    private void Append()
    {
        foreach (var chunk in _row.GetChunks())
        {
            builder.Append(chunk.Span);
        }

        _row.Clear();
    }

    private static string Place(SheetRegion region, SheetRow row, string prefix) => prefix + new CellRange(row.Number, region.Left, row.Number, region.Right);

    private static SortedSet<int> Filled(SheetRegion region)
    {
        var columns = new SortedSet<int>();
        foreach (var row in region.Rows)
        {
            foreach (var cell in region.Cells(row))
            {
                columns.Add(cell.Column);
            }
        }

        return columns;
    }

    private static bool IsText(SheetRegion region) =>
        region.Left == region.Right && region.Rows.Exists(row => region.Cells(row) is [var cell] && cell.Text.Length > LongestListed);

    private static bool IsSparse(SheetRegion region) =>
        (long)region.Rows.Count * (region.Right - region.Left + 1) is >= SparseFrom and var area && region.Rows.Sum(row => (long)region.Cells(row).Length) * SparseFactor < area;

    // as Excel does: only a name of letters, digits and underscores stands without quotes
    private static string Quoted(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0]) ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
