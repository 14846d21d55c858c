using Rag.Analysis;
using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>Judges by words, with the rules and weights of the citation verifier: share of a statement's rare words in at most seven sentences of the source, numbers, names, opposites and denials compared. No model; the same claims give the same numbers.</summary>
public sealed class WordSupportJudge : ISupportJudge
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Dictionary<string, SupportScorer> scorers = new(StringComparer.Ordinal);
        List<double> support = new(claims.Count);
        foreach (var (statement, source) in claims)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!scorers.TryGetValue(source, out var scorer))
            {
                scorers.Add(source, scorer = new([Passage(source)], SupportThreshold.Default));
            }

            support.Add(scorer.Best(scorer.Claim(statement), scorer.Passages[0])?.Score ?? 0);
        }

        return Task.FromResult<IReadOnlyList<double>>(support);
    }

    private static Passage Passage(string source) => new(1, new("source#0", "source", source, new(0, source.Length)) { Language = LanguageDetector.Detect(source) }, 1);
}
