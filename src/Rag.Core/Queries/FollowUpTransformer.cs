using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Analysis;
using Rag.Citations;

namespace Rag.Queries;

/// <summary>Makes a follow-up question stand alone without a model: adds, in parentheses before its question mark, the words that it leaves out. Deterministic, safe for concurrent use.</summary>
/// <remarks>
/// A question leans on the conversation when a word in it points back ("it", "they", "those"), when it opens as a continuation ("And on Linux?"), or when it
/// has at most one content word. It then gets the content words of the user's earlier questions, back to the last one that stood alone, and, where a
/// word points back, the names in the last answer. Pronouns and openings are known in English, German, French and Spanish.
/// </remarks>
public sealed partial class FollowUpTransformer : IQueryTransformer
{
    // Enough for a question and its follow-ups; the words of the question itself must not drown.
    private const int MaxWords = 12;
    private const int MaxNames = 4;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Query>>([StandAlone(query)]);
    }

    /// <summary>The question with what it leaves out; itself where that is nothing.</summary>
    internal static Query StandAlone(Query query)
    {
        var language = LanguageDetector.Detect(string.Join('\n', query.History.Select(m => m.Text).Append(query.Text)));
        if (query.History.Count == 0 || !Leans(query.Text, language))
        {
            return query;
        }

        var known = ContentWords.Of(query.Text, language).Select(w => w.Term).ToHashSet(StringComparer.Ordinal);
        var carried = Carried(query, language).Where(w => known.Add(w.Term)).Take(MaxWords).Select(w => w.Word).ToArray();
        var said = query.Text.TrimEnd('?', '？', '.', '!', ' ', '\n');
        return carried.Length == 0 ? query : query with { Text = $"{said.TrimStart()} ({string.Join(' ', carried)}){query.Text[said.Length..].TrimEnd()}", History = [] };
    }

    private static IEnumerable<(string Word, string Term)> Carried(Query query, string? language)
    {
        var asked = query.History.Where(m => m.Role == ChatRole.User).Select(m => m.Text).Reverse().ToArray();
        var standing = Array.FindIndex(asked, text => !Leans(text, language));
        var questions = (standing < 0 ? asked : asked[..(standing + 1)]).SelectMany(text => ContentWords.Of(text, language));
        var answer = PointsBack().IsMatch(query.Text) ? query.History.LastOrDefault(m => m.Role == ChatRole.Assistant)?.Text : null;
        return answer is null ? questions : [.. Named(answer, language).Take(MaxNames), .. questions];
    }

    // German writes every noun with a capital, so there a capital says nothing. An answer often begins with the name that was asked for.
    private static IEnumerable<(string Word, string Term)> Named(string answer, string? language)
    {
        var names = Names.In(answer).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        return language == "de" ? [] : ContentWords.Of(answer, language).Where((w, i) => names.Contains(w.Word) || (i == 0 && char.IsUpper(w.Word[0]) && answer.TrimStart().StartsWith(w.Word, StringComparison.Ordinal)));
    }

    private static bool Leans(string question, string? language) =>
        PointsBack().IsMatch(question) || Continues().IsMatch(question) || ContentWords.Of(question, language).Take(2).Count() < 2;

    [GeneratedRegex(@"\b(?:it|its|they|them|their|theirs|this|these|those|he|him|his|she|her|hers|former|latter|dies|dieser?|dieses|diesem|diesen|davon|dazu|damit|dafür|deren|dessen|ihn|ihm|celui-ci|celle-ci|ceux-ci|cela|eux|lui|eso|esto|ellos|ellas|aquello)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PointsBack();

    [GeneratedRegex(@"^\W*(?:and|or|but|also|then|so|what about|how about|und|oder|aber|auch|dann|et|ou|mais|y|o|pero)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Continues();
}
