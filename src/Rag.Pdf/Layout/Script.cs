using System.Globalization;
using System.Text;

namespace Rag.Pdf.Layout;

/// <summary>What layout needs to know about characters: which way they run, and whether words of them are set apart by spaces.</summary>
internal static class Script
{
    /// <summary>Style bits that follow from the characters.</summary>
    public static GlyphStyle StyleOf(string text)
    {
        var first = text[0];
        if (first < '\u0590')
        {
            return GlyphStyle.Plain;
        }

        return IsRightToLeft(first) ? GlyphStyle.RightToLeft : IsIdeograph(text) ? GlyphStyle.Ideograph : GlyphStyle.Plain;
    }

    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.</summary>
    public static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');

    /// <summary>Digits and Latin and other letters that run left to right.</summary>
    public static bool IsLeftToRight(char c) => !IsRightToLeft(c) && char.IsLetterOrDigit(c);

    public static bool IsMark(char c) => c >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Characters of scripts that are written without spaces between words: Han, Kana, full-width forms. Hangul has spaces.</summary>
    public static bool IsIdeograph(string text)
    {
        var c = text[0];
        return c is (>= '\u2E80' and <= '\u312F') or (>= '\u31A0' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE4F') or (>= '\uFF00' and <= '\uFFEF')
            || (char.IsHighSurrogate(c) && text.Length > 1 && Rune.TryGetRuneAt(text, 0, out var rune) && rune.Value is >= 0x20000 and <= 0x3FFFF);
    }

    /// <summary>Whether two lines of a paragraph are joined without a space where these characters meet.</summary>
    public static bool JoinsWithoutSpace(char last, char first) => IsIdeograph(last.ToString()) && IsIdeograph(first.ToString());
}
