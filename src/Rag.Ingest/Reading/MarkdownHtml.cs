using System.Net;
using System.Text;
using Markdig.Helpers;

namespace Rag.Ingest.Reading;

/// <summary>Writes a block of HTML inside Markdown as its text: tags, comments, scripts and styles dropped, entities resolved, a line for each line.</summary>
internal static class MarkdownHtml
{
    public static void Add(DocumentBuilder builder, StringLineGroup lines, BlockKind kind)
    {
        string? until = null; // the end of a comment, tag, script or style that began on an earlier line
        var text = new StringBuilder();
        builder.Begin(kind);
        foreach (var line in lines.Lines.AsSpan(0, lines.Count))
        {
            text.Clear();
            AddLine(text, line.Slice.AsSpan(), ref until);
            var visible = TextCleaning.OneLine(text.ToString());
            if (visible.Length > 0)
            {
                builder.StartLine(line.Line + 1);
                builder.Append(visible);
                builder.Append("\n");
            }
        }

        builder.End();
    }

    private static void AddLine(StringBuilder text, ReadOnlySpan<char> rest, scoped ref string? until)
    {
        while (!rest.IsEmpty)
        {
            if (until is not null)
            {
                var end = rest.IndexOf(until, StringComparison.OrdinalIgnoreCase);
                if (end < 0)
                {
                    return;
                }

                // a closing tag is read as a tag
                rest = rest[(until.StartsWith("</", StringComparison.Ordinal) ? end : end + until.Length)..];
                until = null;
            }

            var start = rest.IndexOf('<');
            text.Append(WebUtility.HtmlDecode((start < 0 ? rest : rest[..start]).ToString()));
            rest = start < 0 ? [] : AfterTag(text, rest[start..], ref until);
        }
    }

    private static ReadOnlySpan<char> AfterTag(StringBuilder text, ReadOnlySpan<char> rest, scoped ref string? until)
    {
        if (rest.StartsWith("<!--"))
        {
            until = "-->";
            return rest[4..];
        }

        if (rest.Length < 2 || !(char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?'))
        {
            text.Append('<');
            return rest[1..];
        }

        var end = rest.IndexOf('>');
        var tag = end < 0 ? rest : rest[..(end + 1)];
        var name = HtmlTags.Name(tag);
        text.Append(HtmlTags.TextOf(tag));
        until = rest[1] == '/' ? null : name.Equals("script", StringComparison.OrdinalIgnoreCase) ? "</script" : name.Equals("style", StringComparison.OrdinalIgnoreCase) ? "</style" : null;
        until ??= end < 0 ? ">" : null;
        return rest[tag.Length..];
    }
}
