using System.Globalization;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Characters of the symbol fonts that Word writes as <c>w:sym</c>, in Unicode.</summary>
internal static class DocxSymbols
{
    // the letters A-Z and a-z of the font "Symbol"
    private const string GreekCapitals = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    private const string GreekSmall = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

    /// <summary>The character, or nothing for a picture that has no Unicode character here.</summary>
    public static string Of(string? font, string? code)
    {
        if (!int.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var c) || c is <= 0 or > char.MaxValue)
        {
            return "";
        }

        // symbol fonts live at F000 to F0FF
        var place = c is >= 0xF000 and <= 0xF0FF ? c - 0xF000 : c;
        return font switch
        {
            "Symbol" when place is >= 'A' and <= 'Z' => GreekCapitals[place - 'A'].ToString(),
            "Symbol" when place is >= 'a' and <= 'z' => GreekSmall[place - 'a'].ToString(),
            "Symbol" => Symbol(place),
            "Wingdings" => Wingdings(place),
            _ when char.IsSurrogate((char)c) || c is >= 0xE000 and <= 0xF8FF => "",
            _ => ((char)c).ToString(),
        };
    }

    private static string Symbol(int place) => place switch
    {
        < 0x20 => "",
        0xA3 => "≤",
        0xA5 => "∞",
        0xAB => "↔",
        0xAC => "←",
        0xAD => "↑",
        0xAE => "→",
        0xAF => "↓",
        0xB0 => "°",
        0xB1 => "±",
        0xB3 => "≥",
        0xB4 => "×",
        0xB5 => "∝",
        0xB6 => "∂",
        0xB7 => "•",
        0xB8 => "÷",
        0xB9 => "≠",
        0xBA => "≡",
        0xBB => "≈",
        0xC6 => "∅",
        0xC7 => "∩",
        0xC8 => "∪",
        0xCC => "⊂",
        0xCE => "∈",
        0xD5 => "∏",
        0xD6 => "√",
        0xDE => "⇒",
        0xE5 => "∑",
        0xF2 => "∫",
        < 0x7F => ((char)place).ToString(),
        _ => "",
    };

    private static string Wingdings(int place) => place switch
    {
        0x6C => "●",
        0x6E or 0xA7 => "■",
        0xA8 or 0x6F => "☐",
        0xDF or 0xE7 => "←",
        0xE0 or 0xE8 => "→",
        0xFB => "✗",
        0xFC => "✓",
        0xFD => "☒",
        0xFE => "☑",
        _ => "",
    };
}
