using System.Globalization;
using System.Text;

namespace Rag.Testing;

/// <summary>Small files whose one page is as much work as a page can be: each makes one step of reading quadratic that is not bounded.</summary>
public static class PdfBombs
{
    private const int Many = 100_000;

    /// <summary>By what they have many of.</summary>
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } = new Dictionary<string, Func<byte[]>>
    {
        ["operators"] = () => Page(Repeat(1_000_000, _ => "q 1 0 0 1 0 0 cm Q ")),
        ["text operators"] = () => Text(1_000_000, i => "(a) Tj "),
        ["letters of one line"] = () => Text(1, i => $"1 0 0 1 10 700 Tm ({new string('a', Many)}) Tj ", width: 600_000),
        ["letters in one place"] = () => Text(Many, i => "1 0 0 1 300 300 Tm (ab) Tj "),
        ["letters without end"] = () => Text(10, i => $"1 0 0 1 10 {i * 20} Tm ({new string('a', Many)}) Tj ", width: 600_000),
        ["letters on one baseline, far apart"] = () => Text(Many, i => $"1 0 0 1 {i * 50} 700 Tm (a) Tj ", width: 50 * Many),
        ["letters on one baseline, as many as are put in order"] = () => Text(2_900, i => $"1 0 0 1 {i * 20} 700 Tm (a) Tj ", width: 100_000),
        ["letters around a wide gap"] = () => Text(2_900, i => $"1 0 0 1 {i * 12} {700 - (i % 3 * 9)} Tm (a) Tj ", width: 100_000),
        ["lines"] = () => Text(Many, i => $"1 0 0 1 {i % 7 * 80} {N(i * 0.0079)} Tm (a) Tj "),
        ["lines at random"] = () => Scattered(Many, _ => 8),
        ["lines at random, as many as are put in order"] = () => Scattered(2_900, _ => 2),
        ["lines at random, ten times as many"] = () => Scattered(10 * Many, _ => 8),
        ["lines of random sizes"] = () => Scattered(Many, r => r.Next(1, 2000)),
        ["lines of random sizes, as many as are put in order"] = () => Scattered(2_900, r => r.Next(1, 30)),
        ["tiny marks beside large letters"] = () => Scattered(Many, r => r.Next(2) == 0 ? 3 : 40),
        ["tiny marks, as many as are put in order"] = () => Scattered(2_900, r => r.Next(2) == 0 ? 3 : 40),
        ["lines in all directions"] = () => Turned(Many),
        ["lines in all directions, as many as are put in order"] = () => Turned(2_900),
        ["lines of a column"] = () => Text(Many, i => $"1 0 0 1 50 {i * 9} Tm (word and word) Tj ", height: 9 * Many),
        ["lines of a column, as many as are put in order"] = () => Text(2_900, i => $"1 0 0 1 50 {i * 9} Tm (word and word) Tj ", height: 30_000),
        ["rows of two cells"] = () => Text(1_450, i => $"1 0 0 1 50 {i * 9} Tm (A long cell that is no cell of a table and goes on) Tj 1 0 0 1 {300 + (i % 90 * 40)} {i * 9} Tm (Another long cell that is no cell of a table) Tj ", 5_000, 14_000),
        ["rows of many cells"] = () => Text(60, i => Repeat(48, x => $"1 0 0 1 {(x * 300) + (i * x % 31 * 9)} {i * 9} Tm (12) Tj "), 20_000),
        ["copies over a long line"] = () => Text(1, i => $"1 0 0 1 10 700 Tm ({new string('a', 50_000)}) Tj " + Repeat(50_000, x => $"1 0 0 1 {10 + (x * 5)} 700 Tm (b) Tj "), width: 300_000),
        ["hyphens"] = () => Text(20_000, i => $"1 0 0 1 50 {i * 9} Tm (some word and wo{i}rd-) Tj ", height: 190_000),
        ["rules"] = () => Page(Repeat(20_000, i => $"{i % 600} {i / 600 * 20} m {i % 600} {(i / 600 * 20) + 15} l S ") + Lines(Many)),
        ["cells"] = () => Page(Repeat(990, i => $"{N(i * 0.6)} 0 m {N(i * 0.6)} 792 l S 0 {N(i * 0.8)} m 612 {N(i * 0.8)} l S ") + Lines(50_000)),
        ["small tables"] = () => Page(Repeat(480, i => $"{i % 24 * 25} {i / 24 * 39} 20 30 re S ") + Lines(Many)),
        ["filled boxes"] = () => Page(Repeat(200_000, i => $"{i % 600} {i / 600} 5 1 re f ")),
        ["white letters"] = () => Page("1 g " + Repeat(20_000, i => $"{i % 600} {i / 600} 5 5 re f ") + Lines(Many)),
        ["forms"] = Forms,
        ["marked text"] = () => Marked(20_000, "/Span /P BDC (a) Tj EMC "),
        ["marked text in marked text"] = () => Marked(1, Repeat(900, _ => "/Span /P BDC ") + Repeat(Many, _ => "(a) Tj ") + Repeat(900, _ => "EMC ")),
        ["inline images"] = () => Page(Repeat(Many, _ => "BI /W 1 /H 1 /F /X ID E EI ")),
        ["inline images before what is no text"] = () => Page(Repeat(Many, _ => "BI ID E EI \u0001 ")),
        ["fonts without text"] = () => ManyFonts(20_000),
        ["fonts"] = Fonts,
        ["fields"] = () => Fields(20_000, i => $"/V (some value of {i})"),
        ["fields of one long value"] = () => Fields(20_000, _ => "/V 1 0 R"),
    };

    private static string N(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Repeat(int times, Func<int, string> part)
    {
        var text = new StringBuilder();
        for (var i = 0; i < times; i++)
        {
            text.Append(part(i));
        }

        return text.ToString();
    }

    private static string Lines(int count) => "BT /F1 1 Tf " + Repeat(count, i => $"8 0 0 8 {i * 37 % 600} {N(i * 61 % 7901 / 10d)} Tm (ab) Tj ") + "ET";

    private static byte[] Text(int times, Func<int, string> part, double width = 612, double height = 792) => Page($"BT /F1 8 Tf {Repeat(times, part)} ET", width, height);

    private static byte[] Turned(int lines) => Text(lines, i => string.Create(CultureInfo.InvariantCulture, $"{Math.Cos(i):F3} {Math.Sin(i):F3} {-Math.Sin(i):F3} {Math.Cos(i):F3} {i * 37 % 600} {i * 61 % 790} Tm (ab) Tj "));

    private static byte[] Scattered(int count, Func<Random, int> size)
    {
        var random = new Random(3);
        return Page("BT " + Repeat(count, _ => $"/F1 {size(random)} Tf 1 0 0 1 {random.Next(612)} {N(random.NextDouble() * 790)} Tm (a) Tj ") + "ET");
    }

    private static byte[] Page(string content, double width = 612, double height = 792, Func<PdfWriter, string>? more = null)
    {
        var pdf = new PdfWriter();
        pdf.AddPage(content, $"/Font << /F1 {pdf.AddFont()} 0 R >> {more?.Invoke(pdf)}", $"/MediaBox [0 0 {N(width)} {N(height)}]", deflate: true);
        return pdf.ToBytes();
    }

    // each form paints the next one ten times
    private static byte[] Forms() => Page("/X0 Do", more: pdf =>
    {
        var next = pdf.AddStream("BT /F1 8 Tf 10 10 Td (a) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 600 700]");
        for (var depth = 0; depth < 20; depth++)
        {
            next = pdf.AddStream(Repeat(10, _ => "/X0 Do "), $"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X0 {next} 0 R >> >>");
        }

        return $"/XObject << /X0 {next} 0 R >>";
    });

    private static byte[] Marked(int times, string part) => Page(
        $"BT /F1 8 Tf 1 0 0 1 10 700 Tm {Repeat(times, _ => part)} ET",
        more: pdf => $"/Properties << /P {pdf.Add($"<< /ActualText ({new string('x', Many)}) >>")} 0 R >>");

    // many fonts, each with a large map of its own
    private static byte[] Fonts()
    {
        var pdf = new PdfWriter();
        var map = "1 begincodespacerange <0000> <FFFF> endcodespacerange " + Repeat(2000, i => "100 beginbfchar " + Repeat(100, j => $"<{(i * 100 + j) % 65536:X4}> <0041> ") + "endbfchar ");
        var fonts = Repeat(200, i => $"/F{i} {pdf.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode {pdf.AddStream(map, deflate: true)} 0 R >>")} 0 R ");
        pdf.AddPage("BT " + Repeat(200, i => $"/F{i} 8 Tf 1 0 0 1 10 {i * 3} Tm <0001> Tj ") + "ET", $"/Font << {fonts} >>");
        return pdf.ToBytes();
    }

    private static byte[] ManyFonts(int count)
    {
        var pdf = new PdfWriter();
        var fonts = Repeat(count, i => $"/F{i} {pdf.AddFont($"A{i}")} 0 R ");
        pdf.AddPage("BT " + Repeat(count, i => $"/F{i} 8 Tf (a) Tj ") + "ET", $"/Font << {fonts} >>");
        return pdf.ToBytes();
    }

    private static byte[] Fields(int count, Func<int, string> value)
    {
        var pdf = new PdfWriter();
        var text = pdf.Add($"({new string('x', Many)})");
        var fields = Repeat(count, i => $"<< /Type /Annot /Subtype /Widget /FT /Tx {value(i).Replace("1 0 R", $"{text} 0 R", StringComparison.Ordinal)} /T (f{i}) /Rect [{i % 600} {i / 30} {(i % 600) + 50} {(i / 30) + 9}] >> ");
        pdf.AddPage("", "", $"/MediaBox [0 0 612 792] /Annots [{fields}]");
        return pdf.ToBytes();
    }
}
