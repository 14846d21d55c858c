using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>
/// How well an answer's citations carry its sentences (Gao et al., "Enabling Large Language Models to Generate Text with Citations", EMNLP 2023, section 3): a sentence is supported
/// where all that it cites, taken together, supports it; a citation is needed where its sentence is supported, and it supports it alone or the others do not without it.
/// </summary>
/// <remarks>What is judged is the quote of a citation, not its whole passage: stricter than the paper, which has no quotes.</remarks>
/// <param name="Sentences">Sentences of the answer; 0 for an abstention.</param>
/// <param name="Supported">Those that what they cite supports; one without a citation is not.</param>
/// <param name="Citations">Citations of the sentences.</param>
/// <param name="Needed">Those that are needed.</param>
public sealed record CitationScore(int Sentences, int Supported, int Citations, int Needed)
{
    /// <summary>Share of the sentences that are supported, 0 to 1; 0 without a sentence.</summary>
    public double Recall => Sentences == 0 ? 0 : (double)Supported / Sentences;

    /// <summary>Share of the citations that are needed, 0 to 1; 0 without a citation, as the paper's code counts.</summary>
    public double Precision => Citations == 0 ? 0 : (double)Needed / Citations;

    /// <summary>Harmonic mean of the two; 0 where both are.</summary>
    public double F1 => Recall + Precision == 0 ? 0 : 2 * Recall * Precision / (Recall + Precision);

    /// <summary>Scores an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="judge">Says what supports what; .6 and more counts as support, the verifier's default.</param>
    /// <param name="cancellationToken">Stops the judging.</param>
    public static async Task<CitationScore> OfAsync(Answer answer, ISupportJudge judge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(judge);
        var sentences = answer.Sentences.Select(s => (Statement: answer.StatementOf(s), Quotes: answer.QuotesOf(s))).ToList();
        // of each sentence with citations: all of them; where there are several, also each one alone and all but each one
        var claims = sentences.Where(s => s.Quotes.Count > 0).SelectMany(s => Sources(s.Quotes).Select(source => new SupportClaim(s.Statement, source))).ToList();
        var verdicts = await judge.VerdictsAsync(claims, cancellationToken);
        var (at, supported, needed) = (0, 0, 0);
        foreach (var quotes in sentences.Select(s => s.Quotes.Count).Where(count => count > 0))
        {
            if (verdicts[at])
            {
                supported++;
                var first = at + 1;
                needed += quotes == 1 ? 1 : Enumerable.Range(0, quotes).Count(i => verdicts[first + i] || !verdicts[first + quotes + i]);
            }

            at += quotes == 1 ? 1 : 1 + (2 * quotes);
        }

        return new(sentences.Count, supported, sentences.Sum(s => s.Quotes.Count), needed);
    }

    private static IEnumerable<string> Sources(IReadOnlyList<string> quotes) => quotes.Count == 1 ? quotes :
        [Joined(quotes), .. quotes, .. quotes.Select((_, left) => Joined(quotes.Where((_, i) => i != left)))];

    private static string Joined(IEnumerable<string> quotes) => string.Join("\n\n", quotes);
}
