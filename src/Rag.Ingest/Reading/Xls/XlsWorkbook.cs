using System.Runtime.InteropServices;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xls;

/// <summary>What the first part of a BIFF8 stream says of the whole workbook: its sheets, the texts they share, its number formats.</summary>
internal sealed class XlsWorkbook
{
    private const int Biff8 = 0x600;

    private readonly ReadOnlyMemory<byte> _stream;
    private readonly List<(string Name, int Offset)> _sheets = [];
    private readonly Dictionary<int, CellFormat> _formats = [];
    private readonly List<int> _styles = []; // the format of each

    /// <exception cref="InvalidDataException">It is encrypted, older than Excel 97, or no workbook.</exception>
    public XlsWorkbook(ReadOnlyMemory<byte> stream)
    {
        _stream = stream;
        foreach (var record in XlsRecord.Read(stream, 0).TakeWhile(record => record.Type != XlsCells.Eof))
        {
            var bytes = record.Bytes;
            switch (record.Type)
            {
                case XlsCells.Bof when bytes.UInt16() != Biff8:
                    throw new InvalidDataException("It was written by Excel 95 or before.");
                case 0x2F:
                    throw new InvalidDataException("It is protected by a password.");
                case 0x22:
                    Is1904 = bytes.UInt16() == 1;
                    break;
                case 0x85:
                    Sheet(bytes);
                    break;
                case 0xFC:
                    bytes.Skip(8);
                    while (!bytes.IsAtEnd)
                    {
                        Strings.Add(bytes.SharedText().Trim()); // here, so that cells share it
                    }

                    break;
                case 0x41E:
                    _formats[bytes.UInt16()] = CellFormat.Of(bytes.Text());
                    break;
                case 0xE0:
                    bytes.Skip(2);
                    _styles.Add(bytes.UInt16());
                    break;
            }
        }

        if (_sheets.Count + Hidden.Count == 0)
        {
            throw new InvalidDataException("It has no sheets.");
        }
    }

    public bool Is1904 { get; }

    /// <summary>The texts that cells share.</summary>
    public List<string> Strings { get; } = [];

    /// <summary>Names of the sheets that the author hid, which are not read.</summary>
    public List<string> Hidden { get; } = [];

    /// <summary>The visible sheets, one at a time.</summary>
    public IEnumerable<Sheet> Sheets(CancellationToken cancellationToken)
    {
        foreach (var (name, offset) in _sheets)
        {
            var sheet = new Sheet(name);
            new XlsCells(this, sheet).Read(XlsRecord.Read(_stream, offset), cancellationToken);
            yield return sheet;
        }
    }

    /// <summary>The format of that style; General for one that is not there.</summary>
    public CellFormat Format(int style)
    {
        if (style >= _styles.Count)
        {
            return CellFormat.General;
        }

        ref var format = ref CollectionsMarshal.GetValueRefOrAddDefault(_formats, _styles[style], out _);
        return format ??= CellFormat.BuiltIn(_styles[style]);
    }

    private void Sheet(XlsBytes bytes)
    {
        var (offset, state, kind) = ((int)Math.Min(bytes.UInt32(), int.MaxValue), bytes.UInt8() & 3, bytes.UInt8());
        var name = bytes.Text(lengthBytes: 1);
        if (kind != 0)
        {
            return; // a chart or macros
        }

        if (state != 0)
        {
            Hidden.Add(name);
        }
        else if (_sheets.TrueForAll(sheet => sheet.Offset != offset))
        {
            _sheets.Add((name, offset));
        }
    }
}
