using System.Runtime.CompilerServices;
namespace Rag.Pdf.Layout;

/// <summary>Decides whether a hyphen at the end of a line is part of the word: it is where the word is written so within other lines around.</summary>
/// <param name="window">Pages to look at.</param>
internal sealed class Hyphens(IReadOnlyList<PageLines> window)
{
    /// <summary>Whether <paramref name="left"/>, which ends in a hyphen, keeps it before <paramref name="right"/>.</summary>
    [MethodImpl(HotPath.Options)]
    public bool Keeps(string left, string right)
    {
        var stem = left.AsSpan()[..^1];
        var rest = right.AsSpan().TrimEnd(".,;:!?)”’\"'");
        var (hyphened, plain) = (0, 0);
        foreach (var page in window)
        {
            plain += page.CountOf($"{stem}{rest}");
            hyphened += page.CountOf($"{stem}-{rest}") + page.CountOf($"{stem}\u2010{rest}") + page.CountOf($"{stem}\u2011{rest}");
        }

        return hyphened > plain;
    }
}
