using Rag.Analysis;

namespace Rag.Generation.Chat;

/// <summary>Chooses the examples that a question can learn most from: those whose questions share its rare words.</summary>
internal static class ExampleChoice
{
    /// <summary>The most similar examples that together hold at most <paramref name="maxTokens"/>, the most similar last; of equals the earlier one is chosen. One that no longer fits is left out.</summary>
    /// <remarks>
    /// Similarity is the Jaccard index of the questions' words, each weighted by its inverse document frequency <c>ln(1 + n / df)</c> among the examples. Those with no word
    /// in common come last, since they still show the form.
    /// </remarks>
    public static IReadOnlyList<AnswerExample> Choose(string question, IReadOnlyList<AnswerExample> examples, string? language, int maxTokens)
    {
        if (examples.Count == 0)
        {
            return [];
        }

        var analyzer = Analyzers.For(language ?? Analyzers.AssumedLanguage);
        var words = examples.Select(e => Words(analyzer, e.Question)).ToList();
        var asked = Words(analyzer, question);
        var frequency = words.SelectMany(set => set).CountBy(word => word).ToDictionary();
        var chosen = new List<AnswerExample>();
        foreach (var (i, example) in examples.Index().OrderByDescending(e => Similarity(asked, words[e.Index], Weight)).ThenBy(e => e.Index))
        {
            var tokens = TokensOf(example);
            if (tokens <= maxTokens)
            {
                maxTokens -= tokens;
                chosen.Add(example);
            }
        }

        chosen.Reverse();
        return chosen;

        double Weight(string word) => Math.Log(1 + ((double)examples.Count / frequency.GetValueOrDefault(word, 1)));
    }

    private static double Similarity(HashSet<string> asked, HashSet<string> words, Func<string, double> weight)
    {
        // summed in one order, so that equal sets give equal sums
        var all = asked.Union(words).Order(StringComparer.Ordinal).Select(word => (Shared: asked.Contains(word) && words.Contains(word), Weight: weight(word))).ToList();
        return all.Count == 0 ? 0 : all.Where(w => w.Shared).Sum(w => w.Weight) / all.Sum(w => w.Weight);
    }

    private static HashSet<string> Words(IAnalyzer analyzer, string text) => [.. analyzer.Terms(text).Select(term => term.Text)];

    private static int TokensOf(AnswerExample example) =>
        PromptRoom.CountWritten(example.Question) + PromptRoom.CountWritten(example.Answer) + example.Passages.Sum(p => PromptRoom.CountWritten(p.Title) + PromptRoom.CountWritten(p.Text));
}
