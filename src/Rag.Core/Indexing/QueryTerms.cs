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

    private static Dictionary<string, int> Count(string text, Analysis.IAnalyzer analyzer)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        analyzer.Analyze(text, (term, _, _) => CollectionsMarshal.GetValueRefOrAddDefault(lookup, term, out _)++);
        return counts;
    }
}
