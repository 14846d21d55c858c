using Markdig.Helpers;

namespace Rag.Ingest.Reading;

/// <summary>The metadata at the head of a Markdown file, of which the title is used.</summary>
internal static class FrontMatter
{
    /// <summary>The value of a one-line <c>title:</c>, without quotes; <see langword="null"/> when there is none.</summary>
    public static string? Title(StringLineGroup lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines.Lines[i].Slice.AsSpan();
            if (line.StartsWith("title:", StringComparison.OrdinalIgnoreCase))
            {
                var value = line["title:".Length..].Trim();
                var isQuoted = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0];
                var title = (isQuoted ? value[1..^1] : value).Trim();
                return title.IsEmpty || title[0] is '>' or '|' or '{' ? null : title.ToString(); // folded, literal and template values go on elsewhere
            }
        }

        return null;
    }
}
