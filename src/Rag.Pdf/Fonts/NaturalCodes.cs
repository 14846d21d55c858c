namespace Rag.Pdf.Fonts;

/// <summary>Tells codes that are those of Latin text from codes that a program gave its glyphs one after the other.</summary>
internal static class NaturalCodes
{
    /// <summary>Whether the codes look like text: given out in a row they stand side by side, while those of real text have gaps.</summary>
    public static bool AreIn(IEnumerable<int> codes)
    {
        var printable = codes.Where(c => c is > 32 and < 127).Distinct().Order().ToList();
        return printable.Count > 0 && (printable.Count > 80 || printable[^1] - printable[0] >= printable.Count);
    }
}
