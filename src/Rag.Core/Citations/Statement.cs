using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Citations;

/// <summary>A sentence taken apart into clauses, each of which says something that a source may say or deny.</summary>
internal sealed partial class Statement
{
    // A clause of one word, such as an item of a list, says nothing alone.
    private const int MinTerms = 2;

    public Statement(string text, IAnalyzer analyzer)
    {
        Text = text;
        Words = [.. analyzer.Terms(text).DistinctBy(t => t.Position).Select(t => (t.Span.Of(text).ToLowerInvariant(), t.Text))];
        var clauses = new List<Clause>();
        var from = 0;
        foreach (var end in Boundary().Matches(text).Select(m => m.Index).Append(text.Length))
        {
            var clause = new Clause(text[from..end], analyzer);
            if (clause.Terms.Count >= MinTerms || end == text.Length)
            {
                clauses.Add(clause);
                from = end;
            }
        }

        if (clauses.Count > 1 && clauses[^1].Terms.Count < MinTerms)
        {
            clauses[^2] = new(clauses[^2].Text + clauses[^1].Text, analyzer);
            clauses.RemoveAt(clauses.Count - 1);
        }

        Clauses = clauses;
    }

    public string Text { get; }

    /// <summary>Its words in order, stop words aside, in lower case, each with its term.</summary>
    public IReadOnlyList<(string Word, string Term)> Words { get; }

    /// <summary>The clauses in order; together they are the text.</summary>
    public IReadOnlyList<Clause> Clauses { get; }

    [GeneratedRegex(@"[;；，。—–()](?=.)|[,:](?= )|(?<=\S) (?=(?:and|but|or|while|whereas|although|though|because|which|who|und|aber|oder|während|weil|et|mais|tandis|y|pero)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}

/// <summary>A part of a sentence with a predicate of its own, as far as punctuation and conjunctions tell.</summary>
internal sealed partial class Clause
{
    // so that a text of many numbers is not copied for each
    private const int LongestTwoWords = 200;

    public Clause(string text, IAnalyzer analyzer)
    {
        Text = text;
        Terms = analyzer.Terms(text).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        var quantities = Citations.Quantities.In(text);
        Quantities = [.. quantities.Select(q => q.Value)];
        Counted = [.. quantities.Select(q => (q.Value, FollowingTerms(text[q.Span.End..Math.Min(text.Length, q.Span.End + LongestTwoWords)], analyzer)))];
        Digits = [.. quantities.Where(q => q.Digits is not null).Select(q => (q.Digits!, q.Value))];
        Words = [.. Word().Matches(text).Select(m => m.Value.ToLowerInvariant())];
        Denies = IsDenial(text);
    }

    public string Text { get; }

    public HashSet<string> Terms { get; }

    /// <summary>The values of its numbers.</summary>
    public IReadOnlyList<string> Quantities { get; }

    /// <summary>Those numbers of it that are written in digits, as they stand.</summary>
    public IReadOnlyList<(string Written, string Value)> Digits { get; }

    /// <summary>What each number counts or measures, as far as the two words behind it tell; none where others follow.</summary>
    public IReadOnlyList<(string Value, IReadOnlyList<string> Terms)> Counted { get; }

    /// <summary>Its words in lower case.</summary>
    public HashSet<string> Words { get; }

    /// <summary>Whether it holds a word of denial.</summary>
    public bool Denies { get; }

    /// <summary>Whether a text holds a word of denial.</summary>
    public static bool IsDenial(string text) => Denial().IsMatch(text);

    private static IReadOnlyList<string> FollowingTerms(string text, IAnalyzer analyzer) => [.. analyzer.Terms(Following().Match(text).Value).Select(t => t.Text)];

    // short words may be a unit's sign
    [GeneratedRegex(@"^(?:[ -]\p{L}{4,}){1,2}\b")]
    private static partial Regex Following();

    [GeneratedRegex(@"\p{L}[\p{L}’'-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:not(?! only\b)|no|never|none|nobody|nothing|neither|nor|without|cannot|kein|keine|keinen|nicht|nie|sin|nunca|jamais|sans|pas)\b|n['’]t\b|[不没沒無未]|ない|ません", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denial();
}
