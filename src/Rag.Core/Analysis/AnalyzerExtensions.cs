namespace Rag.Analysis;

/// <summary>Conveniences over <see cref="IAnalyzer"/>.</summary>
public static class AnalyzerExtensions
{
    /// <summary>The terms of <paramref name="text"/> in order, as a list; for questions and sentences, not for the ingest path.</summary>
    public static IReadOnlyList<Term> Terms(this IAnalyzer analyzer, string text)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<Term>();
        analyzer.Analyze(text, (term, position, span) => terms.Add(new(term.ToString(), position, span)));
        return terms;
    }
}
