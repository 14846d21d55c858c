using System.Globalization;
using Markdig.Helpers;

namespace Rag.Ingest.Reading;

/// <summary>The metadata at the head of a Markdown file, of which the title and dates are used.</summary>
internal static class FrontMatter
{
    // what DocFX, Jekyll, Hugo and Obsidian write, by what it is called here
    private static readonly Dictionary<string, string> DateNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["date"] = "date",
        ["ms.date"] = "date",
        ["published"] = "published",
        ["publishDate"] = "published",
        ["created"] = "created",
        ["modified"] = "modified",
        ["updated"] = "modified",
        ["lastmod"] = "modified",
    };

    /// <summary>The value of a one-line <c>title:</c>, without quotes; <see langword="null"/> when there is none.</summary>
    public static string? Title(StringLineGroup lines) =>
        Values(lines).Where(v => v.Name.Equals("title", StringComparison.OrdinalIgnoreCase)).Select(v => v.Value).FirstOrDefault() is { Length: > 0 } title && title[0] is not ('>' or '|' or '{')
            ? title
            : null; // folded, literal and template values go on elsewhere

    /// <summary>The dates that the file is given, as they are written: <c>date</c>, <c>published</c>, <c>created</c>, <c>modified</c>.</summary>
    public static IReadOnlyDictionary<string, string> Dates(StringLineGroup lines)
    {
        var dates = new Dictionary<string, string>();
        foreach (var (name, value) in Values(lines))
        {
            if (value.Length > 0 && DateNames.TryGetValue(name, out var known))
            {
                dates.TryAdd(known, name == "ms.date" ? MonthFirst(value) : value);
            }
        }

        return dates;
    }

    // DocFX writes the month first, always: 03/04/2021 is the fourth of March
    private static string MonthFirst(string date) => DateOnly.TryParseExact(date, "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : date;

    // one-line values without their quotes
    private static IEnumerable<(string Name, string Value)> Values(StringLineGroup lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines.Lines[i].Slice.ToString();
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                var value = line[(colon + 1)..].Trim();
                var isQuoted = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0];
                yield return (line[..colon], (isQuoted ? value[1..^1] : value).Trim());
            }
        }
    }
}
