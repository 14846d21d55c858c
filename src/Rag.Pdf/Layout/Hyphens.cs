namespace Rag.Pdf.Layout;

/// <summary>Decides whether a hyphen at the end of a line is part of the word: it is where the word is written so within other lines around.</summary>
/// <param name="window">Pages to look at.</param>
internal sealed class Hyphens(IReadOnlyList<PageLines> window)
{
    /// <summary>Whether <paramref name="left"/>, which ends in a hyphen, keeps it before <paramref name="right"/>.</summary>
    public bool Keeps(string left, string right)
    {
        var stem = left.AsSpan()[..^1];
        var rest = right.AsSpan().TrimEnd(".,;:!?)”’\"'");
        var (hyphened, plain) = (0, 0);
        foreach (var page in window)
        {
            foreach (var line in page.Lines)
            {
                foreach (var word in line.Words)
                {
                    if (word.Text.Length < stem.Length + rest.Length || word.Text.Length > stem.Length + rest.Length + 5)
                    {
                        continue; // marks around it aside
                    }

                    var text = word.Text.AsSpan().Trim(".,;:!?()“”‘’\"'");
                    if (!text.StartsWith(stem, StringComparison.OrdinalIgnoreCase) || !text.EndsWith(rest, StringComparison.OrdinalIgnoreCase))
                    {
                        continue;
                    }

                    plain += text.Length == stem.Length + rest.Length ? 1 : 0;
                    hyphened += text.Length == stem.Length + rest.Length + 1 && text[stem.Length] is '-' or '\u2010' or '\u2011' ? 1 : 0;
                }
            }
        }

        return hyphened > plain;
    }
}
