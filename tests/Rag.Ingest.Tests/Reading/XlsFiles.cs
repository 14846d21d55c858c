using System.Text;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Workbooks of BIFF8 records ([MS-XLS]) written for the tests.</summary>
internal static class XlsFiles
{
    /// <summary>Uses most of what the reader knows; its shared strings run over into further records, in the middle of a text and with another width.</summary>
    public static byte[] Sample()
    {
        byte[] strings =
        [
            .. Record(0xFC, [.. Int(3), .. Int(3), .. Wide("Ticket"), .. Short(9), 0, .. "Val"u8]), .. Record(0x3C, [1, .. Encoding.Unicode.GetBytes("id от")]), .. Record(0x3C, [0, .. "!"u8, .. Rich("Share")]),
        ];
        byte[] globals =
        [
            .. Record(0x22, Short(0)), .. Record(0x41E, [.. Short(164), .. Text("#,##0.00")]),
            .. Style(0), .. Style(14), .. Style(164), .. Style(10), .. strings,
        ];
        byte[] prices =
        [
            .. Shared(0, 0, 0), .. Shared(0, 1, 1), .. Shared(0, 2, 2), .. Record(0x204, [.. Cell(0, 3), .. Text("Sold")]),
            .. Record(0x204, [.. Cell(1, 0), .. Text("Adult")]), .. Record(0x203, [.. Cell(1, 1, 1), .. Double(45352)]), .. Record(0x27E, [.. Cell(1, 2, 3), .. Int((12_5 << 2) | 3 << 0)]), .. Record(0x205, [.. Cell(1, 3), 1, 0]),
            .. Record(0xBD, [.. Short(2), .. Short(1), .. Short(1), .. Int((45353 << 2) | 2), .. Short(2), .. Int((-246900 << 2) | 3), .. Short(2)]), .. Record(0x205, [.. Cell(2, 3), 0x2A, 1]),
            .. Record(0x06, [.. Cell(3, 0), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), .. Record(0x207, Text("Child")), .. Record(0x06, [.. Cell(3, 2, 2), .. Double(7.256)]), .. Record(0x06, [.. Cell(3, 3), 1, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            .. Record(0xE5, [.. Short(1), .. Short(1), .. Short(2), .. Short(0), .. Short(0)]),
            .. Record(0x5D, [.. Short(0x15), .. Short(0x12), .. Short(0x19), .. Short(7)]), .. Record(0x1B6, [.. new byte[10], .. Short(5), .. new byte[6]]), .. Record(0x3C, [0, .. "A dog"u8]), .. Record(0x1C, [.. Short(3), .. Short(0), .. Short(0), .. Short(7)]),
        ];
        return Of(globals, ("Prices", 0, prices), ("Draft", 1, Shared(0, 0, 0)), ("Notes", 0, Record(0x204, [.. Cell(0, 0), .. Text("Ask at the pier.")])));
    }

    /// <summary>A compound file with these sheets; the second value is 1 for a hidden one.</summary>
    public static byte[] Of(byte[] globals, params (string Name, byte State, byte[] Records)[] sheets) => CompoundFiles.Of(("Workbook", Stream(globals, sheets)), ("\u0005SummaryInformation", [1, 2, 3]));

    public static byte[] Record(int type, byte[] body) => [.. Short(type), .. Short(body.Length), .. body];

    public static byte[] Bof(int version = 0x600) => Record(0x809, [.. Short(version), .. Short(5), .. new byte[12]]);

    public static byte[] Shared(int row, int column, int index) => Record(0xFD, [.. Cell(row, column), .. Int(index)]);

    public static byte[] Short(int number) => [(byte)number, (byte)(number >> 8)];

    public static byte[] Int(int number) => BitConverter.GetBytes(number);

    /// <summary>The stream of a workbook.</summary>
    public static byte[] Stream(byte[] globals, (string Name, byte State, byte[] Records)[] sheets)
    {
        var head = Bof().Length + globals.Length + sheets.Sum(sheet => Sheet(sheet.Name, 0, 0).Length) + 4;
        var (names, bodies) = (new MemoryStream(), new MemoryStream());
        foreach (var (name, state, records) in sheets)
        {
            names.Write(Sheet(name, head + (int)bodies.Length, state));
            bodies.Write([.. Bof(), .. records, .. Record(0x0A, [])]);
        }

        return [.. Bof(), .. names.ToArray(), .. globals, .. Record(0x0A, []), .. bodies.ToArray()];
    }

    private static byte[] Sheet(string name, int offset, byte state) => Record(0x85, [.. Int(offset), state, 0, (byte)name.Length, 0, .. Encoding.Latin1.GetBytes(name)]);

    private static byte[] Style(int format) => Record(0xE0, [.. Short(0), .. Short(format), .. new byte[16]]);

    private static byte[] Cell(int row, int column, int style = 0) => [.. Short(row), .. Short(column), .. Short(style)];

    private static byte[] Double(double value) => BitConverter.GetBytes(value);

    private static byte[] Text(string text) => [.. Short(text.Length), 0, .. Encoding.Latin1.GetBytes(text)];

    private static byte[] Wide(string text) => [.. Short(text.Length), 1, .. Encoding.Unicode.GetBytes(text)];

    // with a run of formats and with phonetics behind it
    private static byte[] Rich(string text) => [.. Short(text.Length), 0x0C, .. Short(1), .. Int(3), .. Encoding.Latin1.GetBytes(text), .. new byte[4], 9, 9, 9];
}
