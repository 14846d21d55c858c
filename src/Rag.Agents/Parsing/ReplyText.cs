using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Parsing;

/// <summary>What a model wrote, without what it wrote for itself.</summary>
internal static partial class ReplyText
{
    /// <summary>The text of a reply with line feeds, without thinking in tags; where it is nothing but open thinking, that.</summary>
    public static string Of(ChatMessage reply)
    {
        var text = WellFormed(reply.Text).ReplaceLineEndings("\n");
        var end = text.LastIndexOf("</think>", StringComparison.Ordinal);
        text = end >= 0 ? text[(end + "</think>".Length)..] : text;
        return text.Replace("<think>", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>The text without halves of surrogate pairs, which no encoding takes.</summary>
    public static string WellFormed(string text) => text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>The program, object or text in the first code fence; the whole text where there is none.</summary>
    public static string Unfenced(string text) => Fence().Match(text) is { Success: true } fence ? fence.Groups["body"].Value : text;

    [GeneratedRegex(@"```[a-zA-Z0-9_+-]*[ \t]*\n(?<body>.*?)(\n[ \t]*```|\z)", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
