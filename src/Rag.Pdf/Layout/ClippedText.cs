using System.Runtime.CompilerServices;
using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>Text outside of a clipping path: hidden as a rule, but for the ends of lines.</summary>
internal static class ClippedText
{
    /// <summary>Takes the mark of what nobody sees from letters that a clip cuts off a line or a row of a table: page generators crop figures at the margin.</summary>
    [MethodImpl(HotPath.Options)]
    public static void ShowEnds(Span<Letter> letters)
    {
        HashSet<(float Base, float Size)>? shown = null;
        foreach (ref var letter in letters)
        {
            if ((letter.Flags & LetterFlags.Hidden) != LetterFlags.Invisible || (letter.Flags & LetterFlags.Clipped) == 0)
            {
                continue;
            }

            if (shown is null)
            {
                shown = [];
                foreach (ref readonly var other in letters)
                {
                    if ((other.Flags & LetterFlags.Hidden) == 0 && !string.IsNullOrWhiteSpace(other.Text))
                    {
                        shown.Add((MathF.Round(other.Y), MathF.Round(other.Size)));
                    }
                }
            }

            if (shown.Contains((MathF.Round(letter.Y), MathF.Round(letter.Size))))
            {
                letter.Flags &= ~(LetterFlags.Invisible | LetterFlags.Clipped);
            }
        }
    }
}
