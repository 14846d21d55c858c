using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Parsing;

/// <summary>Finds the answer in what a model wrote.</summary>
internal static partial class AnswerReply
{
    /// <summary>The answer that reasoning comes to, by the words that lead to one; <see langword="null"/> where there are none such.</summary>
    /// <remarks>The last of: <c>Answer: x</c>, <c>the answer is x</c>, <c>#### x</c>, <c>\boxed{x}</c>.</remarks>
    public static string? Of(string text)
    {
        var found = Lead().Matches(text);
        return found.Count == 0 ? null : Clean(found[^1].Groups["answer"].Value) is { Length: > 0 } answer ? answer : null;
    }

    /// <summary>The reasoning before the answer, on one line; where it gives none, all of it.</summary>
    public static string Reasoning(string text)
    {
        var found = AnswerLine().Matches(text);
        return Prompt.OnOneLine(found.Count == 0 || found[^1].Index == 0 ? text : text[..found[^1].Index]);
    }

    /// <summary>The answer of a reply that should hold nothing else: what an answer's lead is followed by, else its first line.</summary>
    public static string Short(ChatMessage reply) => Of(ReplyText.Of(reply)) ?? Clean(ReplyText.Of(reply).Split('\n')[0]);

    /// <summary>The answer of a reply that may be sentences: what stands behind <c>Answer:</c>, else all.</summary>
    public static string Final(ChatMessage reply)
    {
        var text = ReplyText.Of(reply);
        var found = AnswerLine().Matches(text);
        return found.Count == 0 ? text : text[(found[^1].Index + found[^1].Length)..].Trim();
    }

    /// <summary>Whether a sentence says what the answer is.</summary>
    public static bool IsLead(string text) => Lead().IsMatch(text);

    private static string Clean(string answer)
    {
        var text = answer.Trim().Trim('*', '`', '"', ' ');
        return text.EndsWith('.') && !text[..^1].Contains('.') ? text[..^1] : text;
    }

    [GeneratedRegex(@"(^[\s*#>]*(final\s+)?answer[\s*]*[:：]|\b(the\s+(final\s+)?answer\s+(is|to\s+the\s+question\s+is)|answer\s*=)[\s*]*:?|^\s*####|\\boxed\{)[\s*]*(?<answer>[^\n}]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^[\s*#>]*(final\s+)?answer[\s*]*[:：][\s*]*", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AnswerLine();
}
