using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>Reads a table (OpenDocument 1.3 part 3, chapter 9) into a sheet. Rows and cells that the file gives once with a count are repeated within bounds.</summary>
/// <param name="package">The file.</param>
/// <param name="text">Reads what stands in cells.</param>
internal sealed class OdfTable(OfficePackage package, OdfText text)
{
    private const int MaxColumn = 1 << 14;
    private const int MaxRow = 1 << 20;

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
        var times = Count(reader, "number-rows-repeated", MaxRow);
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
        var times = Count(reader, "number-columns-repeated", MaxColumn);
        var (type, date) = (reader.GetAttribute("value-type", OdfNames.Office), reader.GetAttribute("date-value", OdfNames.Office));
        var value = reader.GetAttribute("value", OdfNames.Office) ?? reader.GetAttribute("boolean-value", OdfNames.Office) ?? reader.GetAttribute("string-value", OdfNames.Office) ?? reader.GetAttribute("time-value", OdfNames.Office);
        var (columns, rows) = (Count(reader, "number-columns-spanned", MaxColumn), Count(reader, "number-rows-spanned", MaxRow));
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
        var words = string.Join('\n', lines).Trim();
        var shown = type == "date" && date is not null ? Date(date) : words.Length == 0 ? value ?? "" : type is "float" or "percentage" or "currency" ? Number(words, value) : words;
        if (kind == "table-cell" && shown.Length > 0 && column < MaxColumn)
        {
            var isNumber = type is "float" or "percentage" or "currency" or "date" or "time";
            row.Cells.Add(new(column, shown, isNumber));
            for (var i = 1; i < times && column + i < MaxColumn && text.MayRepeat(shown.Length); i++)
            {
                row.Cells.Add(new(column + i, shown, isNumber));
            }

            if (columns > 1 || rows > 1)
            {
                sheet.Merges.Add(new(row.Number, column, row.Number + rows - 1, column + columns - 1));
            }
        }

        return Math.Min(column + times, MaxColumn);
    }

    // The author's language may write it otherwise than English: then as it is stored, so that numbers can be told.
    private static string Number(string words, string? value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return words;
        }

        var digits = string.Concat(words.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-'));
        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.LastIndexOf('.') - 1 : 0;
        var percent = words.Contains('%', StringComparison.Ordinal) ? "%" : "";
        number *= percent.Length > 0 ? 100 : 1;
        var isEnglish = double.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var shown) && Math.Abs(Math.Abs(shown) - Math.Abs(number)) <= 0.51 * Math.Pow(10, -decimals);
        return isEnglish ? words : number.ToString("G15", CultureInfo.InvariantCulture) + percent;
    }

    private static string Date(string value) => value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..^"T00:00:00".Length] : value.Replace('T', ' ');

    private static int Count(XmlReader reader, string attribute, int most) =>
        long.TryParse(reader.GetAttribute(attribute, OdfNames.Table), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (int)Math.Clamp(count, 1, most) : 1;
}
