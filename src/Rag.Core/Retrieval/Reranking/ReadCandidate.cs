using Rag.Analysis;

namespace Rag.Retrieval.Reranking;

/// <summary>A candidate read together with the question.</summary>
/// <param name="Question">The question's terms in order, each once, as the analyzer of the candidate's language gives them.</param>
/// <param name="Names">Terms of title and heading path.</param>
/// <param name="Places">Where each of the question's terms stands in the text, ascending.</param>
internal sealed record ReadCandidate(IReadOnlyList<string> Question, HashSet<string> Names, IReadOnlyDictionary<string, List<int>> Places)
{
    /// <summary>The place, in words or in results, at which being early counts half.</summary>
    public const double Half = 50;

    public static ReadCandidate Of(Chunk chunk, string question)
    {
        var analyzer = Analyzers.For(chunk.Language ?? Analyzers.AssumedLanguage);
        string[] asked = [.. analyzer.Terms(question).Select(t => t.Text).Distinct()];
        var places = asked.ToDictionary(term => term, _ => new List<int>(), StringComparer.Ordinal);
        foreach (var term in analyzer.Terms(chunk.Text))
        {
            if (places.TryGetValue(term.Text, out var at))
            {
                at.Add(term.Position);
            }
        }

        return new(asked, [.. analyzer.Terms($"{chunk.Title}\n{chunk.Context}").Select(t => t.Text)], places);
    }

    /// <summary>Whether text, title or heading path hold a term.</summary>
    public bool Holds(string term) => Places[term].Count > 0 || Names.Contains(term);

    /// <summary>How early the first of the question's terms stands, 0 where none does.</summary>
    public double Earliness => Places.Values.Where(at => at.Count > 0).Select(at => Half / (Half + at[0])).DefaultIfEmpty(0).Max();

    /// <summary>How near to each other neighbouring terms of the question stand.</summary>
    public double Proximity(WordRarity rarity)
    {
        var (found, all) = (0.0, 0.0);
        for (var i = 1; i < Question.Count; i++)
        {
            var weight = Math.Max(rarity.Of(Question[i - 1]), rarity.Of(Question[i]));
            found += weight / Distance(Places[Question[i - 1]], Places[Question[i]]);
            all += weight;
        }

        return all > 0 ? found / all : 0;
    }

    // At least 1; endless where one is missing.
    private static double Distance(List<int> a, List<int> b)
    {
        var least = double.PositiveInfinity;
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            least = Math.Min(least, Math.Max(1, Math.Abs(a[i] - b[j])));
            (i, j) = a[i] < b[j] ? (i + 1, j) : (i, j + 1);
        }

        return least;
    }
}
