using System.Net;
using System.Text;

namespace Rag.Agents.Tools.Web;

/// <summary>The words of a page without its tags: no parser, no style sheet, no script. Text that a browser would not show may be among them.</summary>
internal static class HtmlText
{
    private static readonly string[] Unread = ["script", "style", "noscript", "template", "svg", "head"];
    private static readonly string[] Inline = ["a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"];

    /// <summary>The text, one line for each block. Linear in the length of the page.</summary>
    public static string Of(string html)
    {
        var text = new StringBuilder();
        for (var at = 0; at < html.Length;)
        {
            var tag = html.IndexOf('<', at);
            text.Append(WebUtility.HtmlDecode(html[at..(tag < 0 ? html.Length : tag)]).ReplaceLineEndings(" "));
            if (tag < 0)
            {
                break;
            }

            var name = NameAt(html, tag + 1, out var opens);
            if (name.Length == 0 && !html.AsSpan(tag + 1).StartsWith("!") && !html.AsSpan(tag + 1).StartsWith("?") && !html.AsSpan(tag + 1).StartsWith("/"))
            {
                text.Append('<');
                at = tag + 1;
                continue;
            }

            at = html.AsSpan(tag).StartsWith("<!--") ? After(html, "-->", tag) : After(html, ">", tag);
            if (opens && Unread.Contains(name))
            {
                at = After(html, ">", Math.Min(html.Length, IndexOf(html, $"</{name}", at)));
            }

            text.Append(Inline.Contains(name) ? "" : "\n");
        }

        return string.Join('\n', text.ToString().Split('\n').Select(Prompt.OnOneLine).Where(line => line.Length > 0));
    }

    private static string NameAt(string html, int at, out bool opens)
    {
        opens = at >= html.Length || html[at] != '/';
        at += opens ? 0 : 1;
        var end = at;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        return html[at..end].ToLowerInvariant();
    }

    private static int After(string html, string mark, int from) => IndexOf(html, mark, from) is var at && at < html.Length ? at + mark.Length : html.Length;

    private static int IndexOf(string html, string mark, int from) => html.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at : html.Length;
}
