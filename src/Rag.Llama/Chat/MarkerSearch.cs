namespace Rag.Llama.Chat;

/// <summary>Looks for the first of several markers in a text that is still growing.</summary>
internal sealed class MarkerSearch
{
    private readonly string[] _markers;
    private readonly char[] _firsts;

    /// <summary>For these markers; none may be empty.</summary>
    public MarkerSearch(IEnumerable<string> markers)
    {
        _markers = [.. markers.Distinct(StringComparer.Ordinal).OrderByDescending(m => m.Length)];
        _firsts = [.. _markers.Select(m => m[0]).Distinct()];
    }

    /// <summary>The first place where a marker stands or might be about to; the text's length where there is none.</summary>
    /// <param name="text">What there is so far.</param>
    /// <param name="isComplete">Whether nothing will follow, so that a part of a marker is none.</param>
    /// <param name="marker">The longest marker there; null where only more text can tell.</param>
    public int Find(ReadOnlySpan<char> text, bool isComplete, out string? marker)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(_firsts);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (StandsAt(text[at..], isComplete, out marker))
            {
                return at;
            }
        }

        marker = null;
        return text.Length;
    }

    /// <summary>Whether a marker begins with the first character of <paramref name="text"/>, or might.</summary>
    public bool StandsAt(ReadOnlySpan<char> text, bool isComplete, out string? marker)
    {
        marker = null;
        foreach (var candidate in _markers)
        {
            if (text.StartsWith(candidate, StringComparison.Ordinal))
            {
                marker = candidate;
                return true;
            }

            if (!isComplete && candidate.AsSpan().StartsWith(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
