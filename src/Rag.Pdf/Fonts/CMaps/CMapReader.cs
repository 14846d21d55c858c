using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>Finds the CMap that a font's entry names or holds.</summary>
internal static class CMapReader
{
    /// <summary>Of a Type0 font's <c>Encoding</c> (9.7.5); two-byte identity where it cannot be had.</summary>
    public static CMap Encoding(PdfObject? entry, PdfWarnings warnings)
    {
        if (Read(entry, 0, warnings) is { } map)
        {
            return map;
        }

        var name = (entry as PdfName)?.Value ?? "";
        warnings.Add($"A font's CMap '{name}' is not known; its codes were taken as identity.");
        return name.EndsWith("-V", StringComparison.Ordinal) ? CMap.IdentityV : CMap.IdentityH;
    }

    /// <summary>Of a font's <c>ToUnicode</c> (9.10.3), or <see langword="null"/> where there is none that says anything.</summary>
    public static CMap? ToUnicode(PdfObject? entry, PdfWarnings warnings) => Read(entry, 0, warnings);

    private static CMap? Read(PdfObject? entry, int depth, PdfWarnings warnings)
    {
        if (entry is PdfName name)
        {
            return PredefinedCMaps.Find(name.Value);
        }

        if (entry is not PdfStream stream || depth >= CMap.MaxDepth)
        {
            return null;
        }

        var parent = Read(stream.Dictionary["UseCMap"], depth + 1, warnings);
        try
        {
            using var bytes = stream.Decode();
            var map = CMapParser.Parse(bytes.Span, parent, PredefinedCMaps.Find);
            return stream.Dictionary.Integer("WMode") is { } mode ? map.InMode(mode == 1) : map;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            warnings.Add($"A CMap could not be read: {e.Message}");
            return null;
        }
    }
}
