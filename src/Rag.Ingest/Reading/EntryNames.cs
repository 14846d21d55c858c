using System.Globalization;
using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>Makes the names of a container's entries fit to be the end of an id: no name can climb out of its container, hide, or stand for another. Not safe for concurrent use.</summary>
public sealed class EntryNames
{
    private const int MaxSegment = 120;
    private const int MaxSegments = 16;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _copies = new(StringComparer.Ordinal);

    /// <summary>The name without what has no place in an id, told apart from earlier ones by a number.</summary>
    /// <param name="name">The name as the container has it, with either slash; anything at all.</param>
    /// <param name="fallback">Stands for a name of which nothing is left.</param>
    public string Add(string? name, string fallback = "unnamed")
    {
        var visible = string.Concat((name ?? "").EnumerateRunes().Where(IsVisible).Select(rune => rune.ToString())).Replace('\\', '/');
        var segments = visible.Split('/').Select(segment => segment.Trim()).Where(segment => segment is not ("" or "." or "..") && !IsDrive(segment)).Select(Cut).ToList();
        return Unique(segments.Count == 0 ? fallback : string.Join('/', segments.Skip(Math.Max(0, segments.Count - MaxSegments))));
    }

    /// <summary>The id of an entry, told apart from earlier ids.</summary>
    internal string AddId(string containerId, string cleanName) => Unique(StoredDocuments.PrefixOf(containerId) + cleanName);

    private string Unique(string clean)
    {
        if (_taken.Add(clean))
        {
            return clean;
        }

        var dot = clean.LastIndexOf('.') is var at && at > clean.LastIndexOf('/') + 1 ? at : clean.Length;
        for (var copy = _copies.GetValueOrDefault(clean, 1) + 1; ; copy++)
        {
            var next = string.Create(CultureInfo.InvariantCulture, $"{clean[..dot]} ({copy}){clean[dot..]}");
            if (_taken.Add(next))
            {
                _copies[clean] = copy;
                return next;
            }
        }
    }

    private static bool IsDrive(string segment) => segment is [var letter, ':'] && char.IsAsciiLetter(letter);

    // the extension stays, since it tells kinds of text apart
    private static string Cut(string segment)
    {
        if (segment.Length <= MaxSegment)
        {
            return segment;
        }

        var extension = Path.GetExtension(segment) is { Length: <= 20 } some ? some : "";
        var end = MaxSegment - extension.Length;
        return segment[..(char.IsHighSurrogate(segment[end - 1]) ? end - 1 : end)] + extension;
    }

    private static bool IsVisible(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
