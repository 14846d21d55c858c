using System.Globalization;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>PDFs written by the tests.</summary>
internal static class PdfFiles
{
    /// <summary>Three pages: a report with headings, a list and a table; a page that is an image; a last page.</summary>
    public static byte[] Sample()
    {
        var pdf = new PdfWriter { CatalogEntries = "/Lang (en-GB)" };
        var fonts = Fonts(pdf);
        pdf.TrailerEntries = $"/Info {pdf.Add("<< /Title (Report of the archive) /Author (A. Crane) >>")} 0 R";
        pdf.AddPage(
            Line(24, 72, 720, "The archive", bold: true)
            + Line(11, 72, 680, "The archive was founded by Ada Crane in 1987. It keeps the letters of three ship-")
            + Line(11, 72, 666, "yards and moved to Lisbon in 2003.")
            + Line(16, 72, 630, "Holdings", bold: true)
            + Line(11, 72, 606, "The holdings are counted once a year, before the archive closes for the winter.")
            + Line(11, 90, 584, "\\225  letters and their envelopes")
            + Line(11, 90, 570, "\\225  drawings")
            + Row(530, "Year", "Letters", "Drawings") + Row(514, "2001", "14,200", "310") + Row(498, "2002", "15,100", "342") + Row(482, "2003", "15,900", "355"),
            fonts);
        pdf.AddPage(Image, $"{fonts} /XObject << /Im {GrayImage(pdf)} 0 R >>");
        pdf.AddPage(Line(11, 72, 720, "The last page says when it opens: every Tuesday at nine."), fonts);
        return pdf.ToBytes();
    }

    /// <summary>A page for each text, on one line.</summary>
    public static byte[] Of(params string[] pages)
    {
        var pdf = new PdfWriter();
        var fonts = Fonts(pdf);
        foreach (var text in pages)
        {
            pdf.AddPage(Line(11, 72, 720, text), fonts);
        }

        return pdf.ToBytes();
    }

    /// <summary>A file without pages.</summary>
    public static byte[] Empty() => new PdfWriter().ToBytes();

    /// <summary>An encrypted file of the tests of the file layer.</summary>
    public static byte[] Encrypted() => File.ReadAllBytes(Path.Combine(SharedData.Checkout(), "Rag.Pdf.Tests", "Files", "Encrypted", "r6-aes-256.pdf"));

    private const string Image = "q 612 0 0 792 0 0 cm /Im Do Q";

    private static string Fonts(PdfWriter pdf) => $"/Font << /F1 {pdf.AddFont()} 0 R /F2 {pdf.AddFont("Helvetica-Bold")} 0 R >>";

    private static int GrayImage(PdfWriter pdf) => pdf.AddStream(new byte[64], "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8");

    private static string Row(int y, params string[] cells) => string.Concat(cells.Select((cell, i) => Line(11, 72 + (120 * i), y, cell)));

    private static string Line(int size, int x, int y, string text, bool bold = false) =>
        string.Create(CultureInfo.InvariantCulture, $"BT /F{(bold ? 2 : 1)} {size} Tf {x} {y} Td ({text}) Tj ET\n");
}
