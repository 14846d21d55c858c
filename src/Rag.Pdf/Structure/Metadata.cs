using System.Globalization;
using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Document information (14.3.3) and XMP metadata (14.3.2), whichever says something.</summary>
internal static class Metadata
{
    /// <summary>What programs write where they know nothing.</summary>
    private static readonly HashSet<string> _empty = new(["untitled", "anonymous", "unspecified", "unknown", "(untitled)", "(anonymous)", "(unspecified)", "(unknown)"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Each value from the information dictionary, else from XMP.</summary>
    public static PdfMetadata Read(PdfDictionary catalog, PdfDictionary? information, PdfWarnings warnings)
    {
        var xmp = Xmp(catalog.Stream("Metadata"), warnings);
        return new()
        {
            Title = Text(information, "Title") ?? xmp.GetValueOrDefault("title"),
            Author = Text(information, "Author") ?? xmp.GetValueOrDefault("creator"),
            Subject = Text(information, "Subject") ?? xmp.GetValueOrDefault("description"),
            Keywords = Text(information, "Keywords") ?? xmp.GetValueOrDefault("Keywords") ?? xmp.GetValueOrDefault("subject"),
            Creator = Text(information, "Creator") ?? xmp.GetValueOrDefault("CreatorTool"),
            Producer = Text(information, "Producer") ?? xmp.GetValueOrDefault("Producer"),
            Created = Day(Text(information, "CreationDate")) ?? Day(xmp.GetValueOrDefault("CreateDate")),
            Language = Text(catalog, "Lang") ?? xmp.GetValueOrDefault("language"),
        };
    }

    // D:20210304120000+01'00' of a dictionary (7.9.4), 2021-03-04T12:00:00+01:00 of XMP
    private static DateOnly? Day(string? date)
    {
        var digits = date?.StartsWith("D:", StringComparison.Ordinal) == true ? date.AsSpan(2) : date;
        return (digits.Length >= 8 && DateOnly.TryParseExact(digits[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            || (digits.Length >= 10 && DateOnly.TryParseExact(digits[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) ? day : null;
    }

    private static string? Text(PdfDictionary? dictionary, string key) => dictionary?.Text(key)?.Trim() is { Length: > 0 } text && !_empty.Contains(text) ? text : null;

    private static Dictionary<string, string> Xmp(PdfStream? stream, PdfWarnings warnings)
    {
        if (stream is null)
        {
            return [];
        }

        try
        {
            using var bytes = stream.Decode();
            return XmpReader.Read(bytes.Span);
        }
        catch (NotSupportedException e)
        {
            warnings.Add($"The XMP metadata could not be read: {e.Message}");
            return [];
        }
    }
}
