using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xls;

/// <summary>Reads the cells of a sheet as they come ([MS-XLS] 2.4). A formula counts for the value that the program last stored with it.</summary>
internal sealed class XlsCells(XlsWorkbook workbook, Sheet sheet)
{
    public const int Bof = 0x809;
    public const int Eof = 0x0A;

    private readonly Dictionary<int, string> _notes = []; // by the number of their object
    private readonly List<(CellRange Cell, int Note)> _places = [];
    private (int Row, int Column)? _waiting; // a formula whose text follows
    private int _object;

    public void Read(IEnumerable<XlsRecord> records, CancellationToken cancellationToken)
    {
        var depth = 0; // a chart is a part of its own inside
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            depth += record.Type == Bof ? 1 : record.Type == Eof ? -1 : 0;
            if (depth == 0)
            {
                break;
            }

            if (depth == 1)
            {
                Read(record);
            }
        }

        foreach (var (cell, note) in _places)
        {
            if (_notes.TryGetValue(note, out var text))
            {
                sheet.Comments.Add((cell, text.Trim()));
            }
        }
    }

    private void Read(XlsRecord record)
    {
        var bytes = record.Bytes;
        switch (record.Type)
        {
            case 0xFD or 0x204 or 0xD6 or 0x203 or 0x27E or 0x205 or 0x06 or 0xBD:
                Cell(record.Type, bytes);
                break;
            case 0x207 when _waiting is (var row, var column):
                Add(row, column, bytes.Text(), isNumber: false);
                _waiting = null;
                break;
            case 0xE5:
                for (var i = bytes.UInt16(); i > 0 && !bytes.IsAtEnd; i--)
                {
                    var (top, bottom, left, right) = (bytes.UInt16(), bytes.UInt16(), bytes.UInt16(), bytes.UInt16());
                    sheet.Merges.Add(new(top + 1, left, bottom + 1, right));
                }

                break;
            case 0x5D:
                bytes.Skip(6);
                _object = bytes.UInt16();
                break;
            case 0x1B6 when record.Body.Count > 1:
                bytes.Skip(10);
                var length = bytes.UInt16();
                var text = new XlsBytes([.. record.Body.Skip(1)]);
                _notes[_object] = text.Characters(length, text.UInt8());
                break;
            case 0x1C:
                var (noteRow, noteColumn) = (bytes.UInt16() + 1, bytes.UInt16());
                bytes.Skip(2);
                _places.Add((new(noteRow, noteColumn, noteRow, noteColumn), bytes.UInt16()));
                break;
        }
    }

    private void Cell(int type, XlsBytes bytes)
    {
        var (row, column, style) = (bytes.UInt16(), bytes.UInt16(), type == 0xBD ? 0 : bytes.UInt16());
        switch (type)
        {
            case 0xFD when bytes.UInt32() is var shared && shared < workbook.Strings.Count:
                Add(row, column, workbook.Strings[(int)shared], isNumber: false);
                break;
            case 0x204 or 0xD6:
                Add(row, column, bytes.Text(), isNumber: false);
                break;
            case 0x203:
                Number(row, column, style, bytes.Double());
                break;
            case 0x27E:
                Number(row, column, style, bytes.Rk());
                break;
            case 0xBD:
                while (!bytes.IsAtEnd)
                {
                    style = bytes.UInt16();
                    if (!bytes.IsAtEnd) // else it was the last column
                    {
                        Number(row, column++, style, bytes.Rk());
                    }
                }

                break;
            case 0x205:
                var value = bytes.UInt8();
                Add(row, column, bytes.UInt8() == 0 ? Boolean(value) : Error(value), isNumber: false);
                break;
            case 0x06:
                Formula(row, column, style, bytes);
                break;
        }
    }

    // eight bytes: a number, or a kind, a value and two bytes of ones (2.5.133)
    private void Formula(int row, int column, int style, XlsBytes bytes)
    {
        var bits = bytes.UInt32() | ((ulong)bytes.UInt32() << 32);
        var (kind, value) = ((int)(bits & 0xFF), (int)((bits >> 16) & 0xFF));
        _waiting = null;
        if (bits >> 48 != 0xFFFF)
        {
            Number(row, column, style, BitConverter.UInt64BitsToDouble(bits));
        }
        else if (kind == 0)
        {
            _waiting = (row, column);
        }
        else if (kind is 1 or 2)
        {
            Add(row, column, kind == 1 ? Boolean(value) : Error(value), isNumber: false);
        }
    }

    private void Number(int row, int column, int style, double value) => Add(row, column, workbook.Format(style).Show(value, workbook.Is1904), isNumber: true);

    private void Add(int row, int column, string text, bool isNumber)
    {
        if (sheet.Rows.Count == 0 || sheet.Rows[^1].Number != row + 1)
        {
            sheet.Rows.Add(new(row + 1, []));
        }

        if (text.Trim() is { Length: > 0 } shown)
        {
            sheet.Rows[^1].Cells.Add(new(column, shown, isNumber));
        }
    }

    private static string Boolean(int value) => value == 0 ? "FALSE" : "TRUE";

    private static string Error(int value) => value switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
}
