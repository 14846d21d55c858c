using System.Text;

namespace Rag.Pdf.Fonts;

/// <summary>The characters of glyphs in the form in which text is searched.</summary>
internal static class GlyphText
{
    /// <summary>What stands where a font does not say.</summary>
    public const string Unknown = "\uFFFD";

    private static readonly string[] Latin = [.. Enumerable.Range(0, 256).Select(c => ((char)c).ToString())];

    /// <summary>The character as a string, shared where it is Latin-1.</summary>
    public static string Of(char c) => c < 256 ? Latin[c] : c.ToString();

    /// <summary>
    /// The text with ligatures (U+FB00..FB06) and Arabic presentation forms taken apart, blanks for tabs and line ends, and without what means nothing: controls, private use, noncharacters, lone surrogates, U+FFFD.
    /// Everything else stays as it is. <see langword="null"/> where nothing is left.
    /// </summary>
    public static string? Clean(ReadOnlySpan<char> text)
    {
        if (text.Length == 1 && IsPlain(text[0]))
        {
            return Of(text[0]);
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(clean, rune);
        }

        return clean.Length switch
        {
            0 => null,
            1 => Of(clean[0]),
            _ => clean.ToString(),
        };
    }

    private static bool IsPlain(char c) => c is (>= ' ' and < '\x7F') or (>= '\xA0' and < '\uD800') or (>= '\uF900' and < '\uFB00');

    private static void Append(StringBuilder clean, Rune rune)
    {
        switch (rune.Value)
        {
            case '\t' or '\n' or '\r':
                clean.Append(' ');
                break;
            case >= 0xF0850 and <= 0xF0855:
                clean.Append("‘’“”『』"[rune.Value - 0xF0850]); // where Hancom's word processor, and so much Korean text, has its quotes
                break;
            case < ' ' or (>= 0x7F and < 0xA0) or (>= 0xE000 and < 0xF900) or 0xFEFF or >= 0xF0000 or 0xFFFD or (>= 0xFDD0 and < 0xFDF0):
            case var v when (v & 0xFFFE) == 0xFFFE:
                break;
            case >= 0xFB00 and <= 0xFB06:
                clean.Append(((string[])["ff", "fi", "fl", "ffi", "ffl", "st", "st"])[rune.Value - 0xFB00]);
                break;
            case >= 0xFB50 and < 0xFEFF when ArabicForms.Base((char)rune.Value) is { } letters:
                clean.Append(letters);
                break;
            default:
                clean.Append(rune.ToString());
                break;
        }
    }
}
