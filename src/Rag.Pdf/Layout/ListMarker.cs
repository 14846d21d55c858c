namespace Rag.Pdf.Layout;

/// <summary>Tells bullets and numbers of list items.</summary>
internal static class ListMarker
{
    private const string Round = "•◦▪▫‣⁃●○■□◆◇►▶➢➤✓✔\uF0B7\uF0A7\uF0D8";
    private const string Bullets = "•◦▪▫‣⁃●○■□◆◇►▶➢➤✓✔–—-*·\uF0B7\uF0A7\uF0D8\uF02D";

    /// <summary>Whether <paramref name="word"/> is a bullet.</summary>
    public static bool IsBullet(string word) => word.Length == 1 && Bullets.Contains(word[0]);

    /// <summary>Whether <paramref name="glyph"/> is a bullet and nothing else, so that a word never goes on behind it.</summary>
    public static bool IsRoundBullet(string glyph) => glyph.Length == 1 && glyph[0] > '\u2000' && Round.Contains(glyph[0]);

    /// <summary>Whether <paramref name="word"/> is a number or letter of an item: <c>1.</c> <c>12)</c> <c>(a)</c> <c>iv.</c> <c>2.3.1</c></summary>
    public static bool IsNumber(string word)
    {
        if (IsSectionNumber(word))
        {
            return true;
        }

        var open = word.Length > 0 && word[0] == '(';
        if (word.Length is < 2 or > 6 || word[^1] is not ('.' or ')') || (open && word[^1] != ')'))
        {
            return false;
        }

        var inner = word.AsSpan(open ? 1 : 0, word.Length - (open ? 2 : 1));
        return inner.Length > 0 && (IsAll(inner, char.IsAsciiDigit) ? inner.Length <= 3 : inner.Length == 1 ? char.IsAsciiLetter(inner[0]) : IsAll(inner, static c => c is 'i' or 'v' or 'x' or 'I' or 'V' or 'X'));
    }

    // 1.2. and 1.2.3, but no decimal such as 1.2
    private static bool IsSectionNumber(string word)
    {
        var (dots, digits) = (0, 0);
        foreach (var c in word)
        {
            if (c == '.')
            {
                if (digits is 0 or > 3)
                {
                    return false;
                }

                (dots, digits) = (dots + 1, 0);
            }
            else if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else
            {
                return false;
            }
        }

        return dots >= 2 && digits <= 3;
    }

    public static bool Begins(TextLine line) => line.Words.Count > 1 && (IsBullet(line.Words[0].Text) || IsNumber(line.Words[0].Text));

    private static bool IsAll(ReadOnlySpan<char> text, Func<char, bool> test)
    {
        foreach (var c in text)
        {
            if (!test(c))
            {
                return false;
            }
        }

        return true;
    }
}
