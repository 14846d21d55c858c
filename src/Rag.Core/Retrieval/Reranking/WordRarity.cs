namespace Rag.Retrieval.Reranking;

/// <summary>How rare the question's terms are among candidates (the idf of Robertson and Sparck Jones, 1976, kept positive).</summary>
internal sealed class WordRarity
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    public WordRarity(IReadOnlyList<ReadCandidate> candidates)
    {
        AverageLength = candidates.Count == 0 ? 1 : Math.Max(1, candidates.Average(c => c.Length));
        foreach (var term in candidates.SelectMany(c => c.Question).Distinct())
        {
            var holding = candidates.Count(c => c.Places.ContainsKey(term) && c.Holds(term));
            _weights[term] = Math.Log(1 + ((candidates.Count - holding + 0.5) / (holding + 0.5)));
        }
    }

    /// <summary>Average number of terms of a text, at least 1.</summary>
    public double AverageLength { get; }

    public double Of(string term) => _weights[term];

    /// <summary>The mean of what each term reaches, 0 to 1, weighted by rarity.</summary>
    public double Share(IReadOnlyList<string> terms, Func<string, double> reached)
    {
        var all = terms.Sum(Of);
        return all > 0 ? terms.Sum(term => Of(term) * reached(term)) / all : 0;
    }
}
