namespace Rag.Retrieval.Reranking;

/// <summary>How rare the question's terms are among candidates (the idf of Robertson and Sparck Jones, 1976, kept positive).</summary>
internal sealed class WordRarity
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    public WordRarity(IReadOnlyList<ReadCandidate> candidates)
    {
        foreach (var term in candidates.SelectMany(c => c.Question).Distinct())
        {
            var holding = candidates.Count(c => c.Places.ContainsKey(term) && c.Holds(term));
            _weights[term] = Math.Log(1 + ((candidates.Count - holding + 0.5) / (holding + 0.5)));
        }
    }

    public double Of(string term) => _weights[term];

    /// <summary>The share of the terms for which a condition holds, 0 to 1, weighted by rarity.</summary>
    public double Share(IReadOnlyList<string> terms, Func<string, bool> holds)
    {
        var all = terms.Sum(Of);
        return all > 0 ? terms.Where(holds).Sum(Of) / all : 0;
    }
}
