using Rag.Analysis;
using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>Answer relevance without a model: how much of the question an answer takes up.</summary>
public static class QuestionCoverage
{
    /// <summary>
    /// Share of the question's terms (stems without stop words) that the answer holds, 0 to 1, each weighted by its rarity among the sentences of the passages, idf = ln(1 + (N - n + .5) / (n + .5))
    /// (Robertson and Sparck Jones, 1976, kept positive). 0 for an abstention, as RAGAS counts an evasive answer, and for a question without terms.
    /// </summary>
    /// <remarks>It says whether the answer speaks of what was asked, not whether it is right.</remarks>
    public static double Of(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Abstained)
        {
            return 0;
        }

        var analyzer = Analyzers.For(answer.Passages.Select(p => p.Chunk.Language).FirstOrDefault(language => language is not null) ?? Analyzers.AssumedLanguage);
        var asked = Terms(answer.Question);
        var said = Terms(CitationMark.Remove(answer.Text));
        var sentences = answer.Passages.SelectMany(p => AnswerStatements.Split(p.Chunk.Text)).Select(Terms).ToList();
        var weights = asked.ToDictionary(term => term, term => Rarity(sentences.Count, sentences.Count(s => s.Contains(term))), StringComparer.Ordinal);
        return asked.Count == 0 ? 0 : asked.Where(said.Contains).Sum(term => weights[term]) / weights.Values.Sum();

        HashSet<string> Terms(string text) => [.. analyzer.Terms(text).Select(t => t.Text)];
    }

    private static double Rarity(int sentences, int with) => Math.Log(1 + ((sentences - with + 0.5) / (with + 0.5)));
}
