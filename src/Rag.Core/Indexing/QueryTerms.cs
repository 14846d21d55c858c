using System.Runtime.InteropServices;
using Rag.Indexing.Feedback;

namespace Rag.Indexing;

/// <summary>The terms to look for.</summary>
internal static class QueryTerms
{
    /// <summary>The terms of a text in each of the languages, in ordinal order, each with its occurrences in the language that has it most often.</summary>
    public static TermVector Of(string text, IEnumerable<string?> languages, KeywordModel model)
    {
        var union = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var analyzer in languages.Select(model.AnalyzerFor).DistinctBy(a => a.Name))
        {
            foreach (var (term, count) in Count(text, analyzer))
            {
                union[term] = Math.Max(count, union.GetValueOrDefault(term));
            }
        }

        return new(union);
    }

    /// <summary>Terms that follow each other in a text, in its order, each pair once; parts of one word are no pair.</summary>
    public static IReadOnlyList<WordPair> Pairs(string text, IEnumerable<string?> languages, KeywordModel model) =>
        [.. languages.Select(model.AnalyzerFor).DistinctBy(a => a.Name).SelectMany(analyzer => Pairs(text, analyzer)).Distinct()];

    private static List<WordPair> Pairs(string text, Analysis.IAnalyzer analyzer)
    {
        List<WordPair> pairs = [];
        List<string> previous = [];
        List<string> current = [];
        var (position, end, previousEnd) = (-1, 0, 0);
        analyzer.Analyze(text, (term, at, span) =>
        {
            if (at != position)
            {
                (previous, current) = (current, []);
                (position, previousEnd, end) = (at, end, span.End);
            }

            current.Add(term.ToString());
            if (current.Count == 1 && span.Start >= previousEnd) // pairs of characters overlap
            {
                pairs.AddRange(previous.Where(p => p != current[0]).Select(p => new WordPair(p, current[0])));
            }
        });
        return pairs;
    }

    private static Dictionary<string, int> Count(string text, Analysis.IAnalyzer analyzer)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        analyzer.Analyze(text, (term, _, _) => CollectionsMarshal.GetValueRefOrAddDefault(lookup, term, out _)++);
        return counts;
    }
}
