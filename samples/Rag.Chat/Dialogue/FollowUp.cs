using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Chat.Dialogue;

/// <summary>Reads "and how do I turn it off?" together with the question before it.</summary>
internal static partial class FollowUp
{
    // A question with more words of its own than this says itself what it is about.
    private const int FewTerms = 3;

    /// <summary>The two questions as one when <paramref name="question"/> points back with a pronoun and says little itself; otherwise the question.</summary>
    public static string Resolve(string? previous, string question) =>
        previous is not null && Pronoun().IsMatch(question) && Analyzers.For("en").Terms(question).Count <= FewTerms
            ? $"{previous} {question}"
            : question;

    [GeneratedRegex(@"\b(it|its|that|this|they|them|their|those|these|one)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pronoun();
}
