using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>Reads a table (OpenDocument 1.3 part 3, chapter 9) into a sheet. Rows and cells that the file gives once with a count are repeated within bounds.</summary>
/// <param name="package">The file.</param>
/// <param name="text">Reads what stands in cells.</param>
internal sealed class OdfTable(OfficePackage package, OdfText text)
{
    public const int MaxColumn = 1 << 14;
    public const int MaxRow = 1 << 20;

    private int _row;

    /// <summary>Reads the table that the reader stands on; comments and notes of cells become comments of the sheet.</summary>
    public void Read(XmlReader reader, Sheet sheet)
    {
        foreach (var name in reader.Children(package))
        {
            if (name is "table-header-rows" or "table-rows" or "table-row-group")
            {
                Read(reader, sheet);
            }
            else if (name == "table-row")
            {
                Row(reader, sheet);
            }
        }
    }

    private void Row(XmlReader reader, Sheet sheet)
    {
        var times = OdfCell.Count(reader.Own("number-rows-repeated"), MaxRow);
        var (row, column) = (new SheetRow(Math.Min(_row + 1, MaxRow), []), 0);
        foreach (var name in reader.Children(package))
        {
            if (name is "table-cell" or "covered-table-cell")
            {
                column = Cell(reader, name, sheet, row, column);
            }
        }

        sheet.Rows.Add(row);
        for (var i = 1; i < times && row.Cells.Count > 0 && text.MayRepeat(row.Cells.Sum(cell => 16 + cell.Text.Length)); i++)
        {
            sheet.Rows.Add(row with { Number = row.Number + i, Cells = [.. row.Cells] });
        }

        _row = Math.Min(_row + times, MaxRow);
    }

    private int Cell(XmlReader reader, string kind, Sheet sheet, SheetRow row, int column)
    {
        var cell = OdfCell.Of(reader);
        var lines = new List<string>();
        text.Blocks(reader, block =>
        {
            if (block.Kind == BlockKind.Footnote)
            {
                sheet.Comments.Add((new(row.Number, column, row.Number, column), block.Text));
            }
            else
            {
                lines.Add(block.Kind == BlockKind.ListItem && block.Text.StartsWith("- ", StringComparison.Ordinal) ? block.Text[2..] : block.Text); // slides put each cell in a list
            }
        });
        if (kind == "table-cell" && column < MaxColumn && cell.Shown(string.Join('\n', lines).Trim()) is { Length: > 0 } shown)
        {
            row.Cells.Add(new(column, shown, cell.IsNumber));
            for (var i = 1; i < cell.Times && column + i < MaxColumn && text.MayRepeat(shown.Length); i++)
            {
                row.Cells.Add(new(column + i, shown, cell.IsNumber));
            }

            if (cell.Columns > 1 || cell.Rows > 1)
            {
                sheet.Merges.Add(new(row.Number, column, row.Number + cell.Rows - 1, column + cell.Columns - 1));
            }
        }

        return Math.Min(column + cell.Times, MaxColumn);
    }
}
