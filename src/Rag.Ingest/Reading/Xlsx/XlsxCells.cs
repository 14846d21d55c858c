using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xlsx;

/// <summary>Reads the cells of a sheet (ECMA-376 part 1, 18.3) as they come. A formula counts for the value that the program last stored with it.</summary>
internal sealed class XlsxCells(OfficePackage package, List<string> strings, XlsxStyles styles, bool is1904, CancellationToken cancellationToken)
{
    public void Read(XmlReader reader, Sheet sheet)
    {
        reader.MoveToContent();
        foreach (var name in reader.Children(package))
        {
            if (name == "sheetData")
            {
                Rows(reader, sheet);
            }
            else if (name == "mergeCells")
            {
                foreach (var _ in reader.Children(package))
                {
                    if (CellRange.Parse(reader.GetAttribute("ref")) is { } range)
                    {
                        sheet.Merges.Add(range);
                    }
                }
            }
        }
    }

    private void Rows(XmlReader reader, Sheet sheet)
    {
        var number = 0;
        foreach (var _ in reader.Children(package))
        {
            cancellationToken.ThrowIfCancellationRequested();
            number = CellRange.Cell($"A{reader.GetAttribute("r")}") is { } place ? place.Row : number + 1;
            var row = new SheetRow(number, []);
            Cells(reader, row);
            sheet.Rows.Add(row);
        }
    }

    private void Cells(XmlReader reader, SheetRow row)
    {
        var column = -1;
        foreach (var name in reader.Children(package))
        {
            if (name != "c")
            {
                continue;
            }

            column = CellRange.Cell(reader.GetAttribute("r")) is { } place ? place.Column : column + 1;
            var (type, style) = (reader.GetAttribute("t"), reader.GetAttribute("s"));
            if (!reader.IsEmptyElement && Value(reader) is { Length: > 0 } value && Shown(type, style, value) is { Length: > 0 } text)
            {
                row.Cells.Add(new(column, text, type is null or "n" or "d"));
            }
        }
    }

    private string Value(XmlReader reader)
    {
        var value = "";
        foreach (var name in reader.Children(package))
        {
            value = name switch { "v" => reader.TextContent(), "is" => XlsxStrings.Text(reader, package), _ => value };
        }

        return value;
    }

    private string Shown(string? type, string? style, string value) => type switch
    {
        "s" => int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index] : "",
        "b" => value.Trim() == "1" ? "TRUE" : "FALSE",
        null or "n" => Number(styles[style], value),
        "d" => value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..^"T00:00:00".Length] : value,
        _ => value.Trim(), // a text, the text of a formula, an error such as #N/A
    };

    private string Number(CellFormat format, string value)
    {
        // what is stored in few digits is shown with them
        if (format.IsGeneral && value.Length <= 15 && !value.Contains('E', StringComparison.Ordinal))
        {
            return value;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? format.Show(number, is1904) : value;
    }
}
