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
    public static Question Parse(string text, IAnalyzer analyzer)
    {
        var words = new Dictionary<string, QuestionWord>(StringComparer.Ordinal);
        var asked = Polite().Replace(text, "");
        foreach (var term in analyzer.Terms(asked))
        {
            var first = asked[term.Span.Start];
            words.TryAdd(term.Text, new(term.Span.Of(asked).ToLowerInvariant(), char.IsDigit(first) || (char.IsUpper(first) && term.Position > 0)));
        }

        return new(asked, words, new(asked, analyzer), AnswerForms.Asked(asked));
    }

    [GeneratedRegex(@"^\W*(?:please |can you |could you |would you |tell me (?:about )?|show me |i (?:want|need|would like) to know )+", RegexOptions.IgnoreCase)]
    private static partial Regex Polite();
}

/// <summary>A word of a question.</summary>
/// <param name="Form">The word as asked, in lower case.</param>
/// <param name="IsName">Whether it is a number, or has a capital letter though it does not open the question.</param>
internal sealed record QuestionWord(string Form, bool IsName);
