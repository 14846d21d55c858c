using System.Globalization;
using System.Text;

namespace Rag.Chat.Dialogue;

/// <summary>Makes text from documents safe to show: to a terminal it is data, never a control sequence.</summary>
internal static class Plain
{
    /// <summary>The text without control characters and direction overrides; line feeds are kept, tabs become blanks.</summary>
    public static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                safe.Append("    ");
            }
            else if (rune.Value == '\n' || !IsUnsafe(rune))
            {
                safe.Append(rune);
            }
        }

        return safe.ToString();
    }

    /// <summary>The text on one line: every run of white space becomes one blank.</summary>
    public static string Line(string text) => string.Join(' ', Text(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // A direction override makes a terminal show other words than the ones that are there.
    private static bool IsUnsafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
