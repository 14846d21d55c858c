using System.Globalization;

namespace Rag.Citations;

/// <summary>What a judge makes of sentences that were compared with their sources by words.</summary>
/// <remarks>
/// The judge may take support away, and may give it where words merely lack: a paraphrase, another language. Where the words object (a number, a name, an opposite, a
/// denial) that stands, since there language models err most. Each pair of sentence and source is judged once.
/// </remarks>
internal sealed class JudgedSupport(ISupportJudge judge, double minSupport)
{
    // of an uncited sentence, as many sources are judged
    private const int MaxUncited = 3;

    // of a passage without a word of the sentence, the quote is as much as a sentence may quote where it must
    private const int MaxQuotedSentences = 7;

    private readonly Dictionary<SupportClaim, double> _judged = [];

    public async ValueTask<IReadOnlyList<SentenceSupport>> ReviseAsync(IReadOnlyList<SentenceCheck> checks, IReadOnlyList<PassageText> passages, CancellationToken cancellationToken)
    {
        var asked = checks.Select(check => (Check: check, Quotes: Candidates(check, passages))).ToList();
        await AskAsync([.. asked.SelectMany(a => Questions(a.Check, a.Quotes))], cancellationToken);
        return [.. asked.Select(a => Revise(a.Check, a.Quotes))];
    }

    private static List<Evidence> Candidates(SentenceCheck check, IReadOnlyList<PassageText> passages)
    {
        if (check.Support.Quotes.Count > 0)
        {
            return [.. check.Support.Quotes.Select(q => q.Quote)];
        }

        if (check.Claim.Weights.Count == 0)
        {
            return []; // says nothing
        }

        var open = check.Found.Where(f => f.Disagreement == Disagreement.None).ToList();
        var cited = passages.Where(p => check.Cited.Contains(p.Passage.Number) && p.Sentences.Count > 0 && !check.Found.Except(open).Any(f => f.Number == p.Passage.Number))
            .Select(p => open.FirstOrDefault(f => f.Number == p.Passage.Number)?.Quotes[0] ?? p.Quote(0, Math.Min(MaxQuotedSentences, p.Sentences.Count) - 1))
            .ToList();
        return check.Cited.Count > 0 ? cited : [.. open.OrderByDescending(f => f.Coverage).ThenBy(f => f.Number).Take(MaxUncited).Select(f => f.Quotes[0])];
    }

    /// <summary>Each quote alone and, where there are several, all together.</summary>
    private static IEnumerable<SupportClaim> Questions(SentenceCheck check, List<Evidence> quotes) =>
        quotes.Select(q => Question(check, q)).Concat(quotes.Count > 1 ? [Question(check, [.. quotes])] : []);

    private static SupportClaim Question(SentenceCheck check, params Evidence[] quotes) => new(check.Claim.Text, string.Join("\n\n", quotes.Select(q => q.Quote)));

    private async ValueTask AskAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken)
    {
        var open = claims.Distinct().Where(claim => !_judged.ContainsKey(claim)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var scores = await judge.JudgeAsync(open, cancellationToken);
        if (scores.Count != open.Count || scores.Any(score => !(score is >= 0 and <= 1)))
        {
            throw new SupportJudgeException(string.Create(
                CultureInfo.InvariantCulture,
                $"The judge gave the scores {string.Join(", ", scores)} for {open.Count} claims. A judge gives one number from 0 to 1 for each claim."));
        }

        foreach (var (claim, score) in open.Zip(scores))
        {
            _judged[claim] = score;
        }
    }

    private SentenceSupport Revise(SentenceCheck check, List<Evidence> quotes)
    {
        var byWords = check.Support;
        if (quotes.Count == 0)
        {
            return byWords;
        }

        var single = quotes.Select(quote => (Quote: quote, Score: _judged[Question(check, quote)])).ToList();
        var joint = quotes.Count > 1 ? _judged[Question(check, [.. quotes])] : 0;
        var best = Math.Max(joint, single.Max(s => s.Score));
        List<(Evidence Quote, double Score)> kept = [.. single.Where(s => s.Score >= minSupport)];
        kept = kept.Count > 0 || joint < minSupport ? kept : [.. quotes.Select(quote => (quote, joint))];
        return kept.Count > 0
            ? byWords with { Score = best, Quotes = kept, Problem = null }
            : new(best, [], byWords.Quotes.Count == 0 ? byWords.Problem : Findings.Refused(quotes[0]), []);
    }
}
