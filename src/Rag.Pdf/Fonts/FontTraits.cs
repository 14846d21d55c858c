using Rag.Pdf.Files;

namespace Rag.Pdf.Fonts;

/// <summary>What a font's name and descriptor (9.8) tell about it, made sane.</summary>
internal sealed record FontTraits
{
    private const int FixedPitch = 1, Serif = 2, Symbolic = 4, Nonsymbolic = 32, Italic = 64, ForceBold = 1 << 18;

    private static readonly string[] BoldWords = ["Bold", "Black", "Heavy", "Demi", "Ultra"];
    private static readonly string[] FixedWords = ["Courier", "Consolas", "Menlo", "Monaco", "Inconsolata", "Typewriter"];

    // families of TeX: Computer Modern and its Type 1 twins (CM, SF), in bold extended, typewriter, italic and slanted
    private static readonly string[] TexFamilies = ["CM", "SF"];

    /// <summary>Without a subset prefix; empty where there is none.</summary>
    public string Name { get; init; } = "";

    public bool IsBold { get; init; }

    public bool IsItalic { get; init; }

    public bool IsFixedPitch { get; init; }

    public bool IsSerif { get; init; }

    /// <summary>Whether codes are not those of Latin text; <see langword="false"/> where the flags contradict each other.</summary>
    public bool IsSymbolic { get; init; }

    public float Ascent { get; init; } = 0.75f;

    public float Descent { get; init; } = -0.25f;

    /// <summary>Reads them.</summary>
    /// <param name="font">A simple font or a CIDFont.</param>
    public static FontTraits Read(PdfDictionary font)
    {
        var descriptor = font.Dictionary("FontDescriptor");
        var name = WithoutPrefix(font.Name("BaseFont") ?? descriptor?.Name("FontName") ?? font.Name("Name") ?? "");
        var flags = descriptor?.Integer("Flags") ?? 0;
        var (ascent, descent) = Heights(descriptor);
        return new()
        {
            Name = name,
            IsBold = (flags & ForceBold) != 0 || (BoldWords.Any(Has) && !Has("Light")) || IsTex("BX") || descriptor?.Number("FontWeight") >= 600,
            IsItalic = (flags & Italic) != 0 || Has("Italic") || Has("Oblique") || IsTex("TI") || IsTex("SL") || IsTex("BXTI") || descriptor?.Number("ItalicAngle") is { } angle && Math.Abs(angle) is > 3 and < 60,
            IsFixedPitch = (flags & FixedPitch) != 0 || FixedWords.Any(Has) || IsTex("TT") || (Has("Mono") && !Has("Monotype")),
            IsSerif = (flags & Serif) != 0,
            IsSymbolic = (flags & (Symbolic | Nonsymbolic)) == Symbolic,
            Ascent = ascent,
            Descent = descent,
        };

        bool IsTex(string shape) => TexFamilies.Any(family => name.StartsWith(family + shape, StringComparison.Ordinal) && name.Length > 4 && char.IsAsciiDigit(name[^1]));

        bool Has(string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name without the tag of a subset, six capital letters and a plus sign (9.9.2).</summary>
    private static string WithoutPrefix(string name) =>
        name.Length > 7 && name[6] == '+' && !name.AsSpan(0, 6).ContainsAnyExceptInRange('A', 'Z') ? name[7..] : name;

    private static (float Ascent, float Descent) Heights(PdfDictionary? descriptor)
    {
        var box = descriptor?.Array("FontBBox")?.Numbers(4) is { } given && given[3] > given[1] ? given : null;
        var ascent = Sane(descriptor?.Number("Ascent"), 0.3, 1.5) ?? Sane(box?[3], 0.3, 1.5);
        // a descent above zero is a sign forgotten; zero is what programs write that do not know it
        var descent = Sane(-Math.Abs(descriptor?.Number("Descent") ?? 0), -0.8, -0.01) ?? Sane(box?[1], -0.8, 0);
        return ((float)(ascent ?? 0.75), (float)(descent ?? -0.25));
    }

    // In thousandths as it should be, or already in units of the font size.
    private static double? Sane(double? value, double low, double high) =>
        value / 1000 >= low && value / 1000 <= high ? value / 1000
        : value >= low && value <= high && value != 0 ? value
        : null;
}
