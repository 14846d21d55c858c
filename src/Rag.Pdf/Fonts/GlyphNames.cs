using System.Globalization;

namespace Rag.Pdf.Fonts;

/// <summary>From glyph names to text by the rules of Adobe's glyph list specification, section 2, and by the names that TeX and font editors add.</summary>
internal static class GlyphNames
{
    // Longer than any name that means something.
    private const int MaxLength = 128;

    // What sizes and pieces of a symbol add to its name in TeX's fonts: parenleftBigg, summationdisplay.
    private static readonly string[] Sizes = ["Bigg", "bigg", "Big", "big", "display", "text", "wide", "wider", "widest", "small", "oldstyle", "inferior", "superior", "taboldstyle", "fitted", "lining", "sc"];

    private static readonly Lazy<Dictionary<string, string>> Listed = new(ReadList);

    /// <summary>What a glyph of this name means: its characters, empty for one that is known to be nothing, <see langword="null"/> where the name does not say (<c>g12</c>, <c>.notdef</c>).</summary>
    /// <param name="name">The name.</param>
    /// <param name="isDingbats">Whether the font is ZapfDingbats, whose glyphs are called <c>a1</c> to <c>a206</c>: names that other fonts number theirs with.</param>
    public static string? TextOf(string name, bool isDingbats = false)
    {
        if (name.Length > MaxLength)
        {
            return null;
        }

        if (!isDingbats && name.Length is > 1 and < 5 && name[0] == 'a' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return null;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (Find(name) is { } whole)
        {
            return whole;
        }

        var stem = dot > 0 ? name[..dot] : name;
        if (!stem.Contains('_', StringComparison.Ordinal))
        {
            return dot > 0 ? Find(stem) : null;
        }

        var parts = stem.Split('_').Select(Find).ToArray();
        return parts.Length <= 16 && parts.All(p => p is not null) ? string.Concat(parts) : null;
    }

    /// <summary>The number in a name that is only a letter or a word and a number, such as <c>g12</c>, <c>cid00345</c>, <c>glyph7</c> or <c>index12</c>.</summary>
    /// <param name="name">A name.</param>
    /// <param name="isHexadecimal">Whether the number is to be read as such: <c>G4F</c>.</param>
    public static int? NumberIn(string name, bool isHexadecimal = false)
    {
        var start = isHexadecimal ? 1 : name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return start is > 0 and <= 5 && start < name.Length && char.IsAsciiLetter(name[0])
            && int.TryParse(name.AsSpan(start), isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;
    }

    private static string? Find(string name)
    {
        if (name.Length == 1 && char.IsAsciiLetter(name[0]))
        {
            return GlyphText.Of(name[0]);
        }

        return Listed.Value.GetValueOrDefault(name) ?? FromDigits(name) ?? WithoutSize(name);
    }

    // uni0041, uni00660069, u1F600; also u0041 and U+0041, which some programs write.
    private static string? FromDigits(string name)
    {
        if (name.StartsWith("uni", StringComparison.Ordinal) && name.Length >= 7 && name.Length % 4 == 3 && name.Length <= 67)
        {
            return Decode(name.AsSpan(3), 4);
        }

        return name[..Math.Min(name.Length, 2)] switch
        {
            "U+" when name.Length is >= 6 and <= 8 => Decode(name.AsSpan(2), name.Length - 2),
            ['u', ..] when name.Length is >= 5 and <= 7 => Decode(name.AsSpan(1), name.Length - 1),
            _ => null,
        };
    }

    private static string? Decode(ReadOnlySpan<char> digits, int size)
    {
        var text = "";
        for (var i = 0; i < digits.Length; i += size)
        {
            if (!int.TryParse(digits.Slice(i, size), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10FFFF or (>= 0xD800 and < 0xE000))
            {
                return null;
            }

            text += char.ConvertFromUtf32(value);
        }

        return GlyphText.Clean(text);
    }

    private static string? WithoutSize(string name)
    {
        foreach (var size in Sizes)
        {
            if (name.Length > size.Length && name.EndsWith(size, StringComparison.Ordinal))
            {
                var stem = name[..^size.Length];
                return Listed.Value.GetValueOrDefault(stem) ?? (stem.Length == 1 && char.IsAsciiLetter(stem[0]) ? stem : null);
            }
        }

        return null;
    }

    // One entry a line: name, a blank, the characters.
    private static Dictionary<string, string> ReadList()
    {
        var list = new Dictionary<string, string>(4500, StringComparer.Ordinal);
        foreach (var line in FontResource.Text("GlyphNames").AsSpan().EnumerateLines())
        {
            var blank = line.IndexOf(' ');
            if (blank > 0)
            {
                list[line[..blank].ToString()] = GlyphText.Clean(line[(blank + 1)..]) ?? "";
            }
        }

        return list;
    }
}
