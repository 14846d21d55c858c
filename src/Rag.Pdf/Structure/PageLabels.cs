using System.Globalization;
using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Page labels (12.4.2): the numbers that are printed on pages, such as "iv" or "A-3".</summary>
internal static class PageLabels
{
    private const int MostRoman = 10_000;
    private static readonly (int Value, string Digits)[] _roman =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

    /// <summary>The label of each page; <see langword="null"/> where the file has none for it.</summary>
    public static string?[] Read(PdfDictionary catalog, int pages)
    {
        var labels = new string?[pages];
        if (catalog.Dictionary("PageLabels") is not { } tree)
        {
            return labels;
        }

        var ranges = TreeReader.Numbers(tree).Where(r => r.Value is PdfDictionary).Select(r => (First: r.Key, Style: (PdfDictionary)r.Value!)).ToList();
        for (var r = 0; r < ranges.Count; r++)
        {
            var (first, style) = ranges[r];
            var end = Math.Min(pages, r + 1 < ranges.Count ? ranges[r + 1].First : pages);
            var (numbering, prefix, start) = (style.Name("S"), style.Text("P"), style.Integer("St") is > 0 and var s ? s : 1);
            for (var page = first; page < end; page++)
            {
                var label = prefix + Number(numbering, start + (long)page - first);
                labels[page] = label.Length > 0 ? label : null;
            }
        }

        return labels;
    }

    private static string Number(string? style, long number) => style switch
    {
        "D" => number.ToString(CultureInfo.InvariantCulture),
        "R" => Roman(number).ToUpperInvariant(),
        "r" => Roman(number),
        "A" => Letters(number).ToUpperInvariant(),
        "a" => Letters(number),
        _ => "",
    };

    private static string Roman(long number)
    {
        if (number > MostRoman)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder();
        foreach (var (value, digits) in _roman)
        {
            for (; number >= value; number -= value)
            {
                text.Append(digits);
            }
        }

        return text.ToString();
    }

    // a to z, then aa to zz, aaa to zzz
    private static string Letters(long number) => new((char)('a' + ((number - 1) % 26)), (int)Math.Min(100, ((number - 1) / 26) + 1));
}
