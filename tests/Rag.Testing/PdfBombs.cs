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
        ["letters in one line"] = () => Text(1, i => $"0.001 0 0 10 10 700 Tm ({new string('a', Many)}) Tj "),
        ["letters in one place"] = () => Text(Many, i => "1 0 0 10 300 300 Tm (a) Tj "),
        ["letters on one baseline, far apart"] = () => Text(Many, i => $"0.02 0 0 0.02 {N(i * 0.006)} 700 Tm (a) Tj ", width: 620),
        ["lines"] = () => Text(Many, i => $"1 0 0 1 {i % 7 * 80} {N(i * 0.0079)} Tm (a) Tj "),
        ["lines at random"] = () => Scattered(Many, _ => 8),
        ["lines of random sizes"] = () => Scattered(Many, r => r.Next(1, 2000)),
        ["tiny marks beside large letters"] = () => Scattered(Many, r => r.Next(2) == 0 ? 3 : 40),
        ["lines in all directions"] = () => Text(Many, i => string.Create(CultureInfo.InvariantCulture, $"{Math.Cos(i):F3} {Math.Sin(i):F3} {-Math.Sin(i):F3} {Math.Cos(i):F3} {i * 37 % 600} {i * 61 % 790} Tm (ab) Tj ")),
        ["lines of a column"] = () => Text(Many, i => $"1 0 0 0.01 50 {N(i * 0.0079)} Tm (word and word) Tj ", letters: 14),
        ["rows of two cells"] = () => Text(20_000, i => $"1 0 0 0.4 50 {N(i * 0.039)} Tm (12) Tj 1 0 0 0.4 {200 + (i % 3 * 40)} {N(i * 0.039)} Tm (a long cell that is no cell of a table) Tj "),
        ["columns of a row"] = () => Text(3, i => Repeat(20_000, x => $"0.1 0 0 0.1 {N(x * 0.03)} {700 - i} Tm (1) Tj ")),
        ["copies over a long line"] = () => Text(1, i => $"0.1 0 0 1 10 700 Tm ({new string('a', 50_000)}) Tj " + Repeat(50_000, x => $"0.1 0 0 1 {N(10 + (x * 0.5))} 700 Tm (b) Tj "), width: 30_000),
        ["hyphens"] = () => Text(20_000, i => $"1 0 0 1 {i % 9 * 60} {N(790 - (i / 9 * 0.35))} Tm (wo{i}rd-) Tj "),
        ["rules"] = () => Page(Repeat(20_000, i => $"{i % 600} {i / 600 * 20} m {i % 600} {(i / 600 * 20) + 15} l S ") + Lines(Many)),
        ["cells"] = () => Page(Repeat(990, i => $"{N(i * 0.6)} 0 m {N(i * 0.6)} 792 l S 0 {N(i * 0.8)} m 612 {N(i * 0.8)} l S ") + Lines(50_000)),
        ["small tables"] = () => Page(Repeat(480, i => $"{i % 24 * 25} {i / 24 * 39} 20 30 re S ") + Lines(Many)),
        ["filled boxes"] = () => Page(Repeat(200_000, i => $"{i % 600} {i / 600} 5 1 re f ")),
        ["white letters"] = () => Page("1 g " + Repeat(20_000, i => $"{i % 600} {i / 600} 5 5 re f ") + Lines(Many)),
        ["forms"] = Forms,
        ["marked text"] = () => Marked(20_000, "/Span /P BDC (a) Tj EMC "),
        ["marked text in marked text"] = () => Marked(1, Repeat(900, _ => "/Span /P BDC ") + Repeat(Many, _ => "(a) Tj ") + Repeat(900, _ => "EMC ")),
        ["inline images"] = () => Page(Repeat(Many, _ => "BI /W 1 /H 1 /F /X ID E EI")),
        ["fonts"] = Fonts,
        ["fields"] = Fields,
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

    private static byte[] Text(int times, Func<int, string> part, double width = 612, int letters = 1) => Page($"BT /F1 {(letters > 1 ? 4 : 8)} Tf {Repeat(times, part)} ET", width);

    private static byte[] Scattered(int count, Func<Random, int> size)
    {
        var random = new Random(3);
        return Page("BT " + Repeat(count, _ => $"/F1 {size(random)} Tf 1 0 0 1 {random.Next(612)} {N(random.NextDouble() * 790)} Tm (a) Tj ") + "ET");
    }

    private static byte[] Page(string content, double width = 612, Func<PdfWriter, string>? more = null)
    {
        var pdf = new PdfWriter();
        pdf.AddPage(content, $"/Font << /F1 {pdf.AddFont()} 0 R >> {more?.Invoke(pdf)}", $"/MediaBox [0 0 {N(width)} 792]", deflate: true);
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

    private static byte[] Fields()
    {
        var pdf = new PdfWriter();
        var fields = Repeat(20_000, i => $"<< /Type /Annot /Subtype /Widget /FT /Tx /V (some value of {i}) /T (f{i}) /Rect [{i % 600} {i / 30} {(i % 600) + 50} {(i / 30) + 9}] >> ");
        pdf.AddPage("", "", $"/MediaBox [0 0 612 792] /Annots [{fields}]");
        return pdf.ToBytes();
    }
}
