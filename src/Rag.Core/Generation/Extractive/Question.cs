using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>What a question asks, ready for scoring.</summary>
/// <param name="Text">The question without polite openings.</param>
/// <param name="Words">Its distinct terms.</param>
/// <param name="Terms">Its terms with their neighbours.</param>
/// <param name="Form">What kind of words it asks for.</param>
internal sealed partial record Question(string Text, IReadOnlyDictionary<string, QuestionWord> Words, UnitTerms Terms, AnswerForm Form)
{
    /// <summary>The terms that say of what kind the answer is: of "which treaty", <c>treati</c>.</summary>
    public required IReadOnlySet<string> Kind { get; init; }

    /// <summary>The terms of what is to be counted: of "how many beds", <c>bed</c>.</summary>
    public required IReadOnlySet<string> Counted { get; init; }

    /// <summary>The terms that are more than the frame of the question; all where there are no others.</summary>
    public required IReadOnlyList<string> Subject { get; init; }

    /// <summary>The terms that are names or numbers.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public static Question Parse(string text, IAnalyzer analyzer)
    {
        var words = new Dictionary<string, QuestionWord>(StringComparer.Ordinal);
        var asked = Polite().Replace(text, "");
        foreach (var term in analyzer.Terms(asked))
        {
            var first = asked[term.Span.Start];
            words.TryAdd(term.Text, new(term.Span.Of(asked).ToLowerInvariant(), char.IsDigit(first) || (char.IsUpper(first) && term.Position > 0)));
        }

        HashSet<string> TermsOf(Group part) => [.. analyzer.Terms(part.Value).Select(t => t.Text)];
        return new(asked, words, new(asked, analyzer), AnswerForms.Asked(asked))
        {
            Kind = TermsOf(AskedKind().Match(asked).Groups["kind"]),
            Counted = TermsOf(AskedCount().Match(asked).Groups["counted"]),
            Subject = words.Where(w => !w.Value.IsFrame).Select(w => w.Key).ToList() is { Count: > 0 } subject ? subject : [.. words.Keys],
            Names = [.. words.Where(w => w.Value.IsName).Select(w => w.Key)],
        };
    }

    /// <summary>Share of the question's words among some terms, names counted twice, 0 to 1.</summary>
    public double Coverage(IReadOnlySet<string> terms)
    {
        var (held, all) = (0.0, 0.0);
        foreach (var (term, word) in Words)
        {
            var count = word.IsName ? 2 : 1;
            all += count;
            held += terms.Contains(term) ? count : 0;
        }

        return all == 0 ? 0 : held / all;
    }

    /// <summary>Share of <see cref="Subject"/> among some terms, 0 to 1.</summary>
    public double SubjectCoverage(IReadOnlySet<string> terms) => Subject.Count == 0 ? 0 : (double)Subject.Count(terms.Contains) / Subject.Count;

    [GeneratedRegex(@"^\W*(?:please |can you |could you |would you |tell me (?:about )?|show me |i (?:want|need|would like) to know )+", RegexOptions.IgnoreCase)]
    private static partial Regex Polite();

    [GeneratedRegex(@"\b(?:what|which) (?:\w+ )?(?<kind>[a-z]+)\b(?= (?:is|are|was|were|did|does|do|has|have|had|can|could|would|will|of|[a-z]+s|[a-z]+ed)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AskedKind();

    [GeneratedRegex(@"\bhow (?:many|much) (?<counted>[a-z]+(?: [a-z]+)?)", RegexOptions.IgnoreCase)]
    private static partial Regex AskedCount();
}

/// <summary>A word of a question.</summary>
/// <param name="Form">The word as asked, in lower case.</param>
/// <param name="IsName">Whether it is a number, or has a capital letter though it does not open the question.</param>
internal sealed record QuestionWord(string Form, bool IsName)
{
    /// <summary>Whether it is only the frame of the question.</summary>
    public bool IsFrame { get; } = FrameWords.Contains(Form);
}
