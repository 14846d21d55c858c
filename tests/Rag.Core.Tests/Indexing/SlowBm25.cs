using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>BM25 as it stands in the books, chunk by chunk and in double precision.</summary>
internal static class SlowBm25
{
    public static Dictionary<(int Document, int Chunk), double> Search(IReadOnlyCollection<(int Key, Document Document)> documents, KeywordModel model, string query)
    {
        var chunks = (from d in documents
                      from c in RandomDocuments.Chunks(d.Document).Select((chunk, i) => (Chunk: chunk, Index: i))
                      let title = Terms(c.Chunk.Title, d.Document.Language)
                      let rest = Terms($"{c.Chunk.Context} {c.Chunk.Text}", d.Document.Language)
                      select (d.Key, c.Index, Words: (string[])[.. title, .. rest], Terms: (string[])[.. Enumerable.Repeat(title, model.TitleWeight).SelectMany(t => t), .. rest])).ToList();
        var withTerms = chunks.Where(c => c.Terms.Length > 0).ToList();
        var average = withTerms.Average(c => c.Terms.Length);
        double Idf(string term) => withTerms.Count(c => c.Terms.Contains(term)) is var df ? Math.Log(1 + ((withTerms.Count - df + 0.5) / (df + 0.5))) : 0;
        var pairs = documents.Select(d => d.Document.Language).Distinct().Select(language => Terms(query, language)).SelectMany(terms => terms.Zip(terms.Skip(1)))
            .Where(p => p.First != p.Second).Distinct().ToList();
        var counts = new Dictionary<string, int>();
        foreach (var language in documents.Select(d => d.Document.Language).Distinct())
        {
            foreach (var term in Terms(query, language).GroupBy(t => t))
            {
                counts[term.Key] = Math.Max(term.Count(), counts.GetValueOrDefault(term.Key));
            }
        }

        var scores = new Dictionary<(int, int), double>();
        foreach (var chunk in withTerms)
        {
            var norm = model.K1 * (1 - model.B + (model.B * (model.Length(chunk.Terms.Length) + model.LengthPrior) / (average + model.LengthPrior)));
            var score = 0.0;
            foreach (var (term, occurrences) in counts)
            {
                var tf = chunk.Terms.Count(t => t == term);
                score += occurrences * Idf(term) * tf / (tf + norm);
            }

            if (score > 0)
            {
                score += pairs.Sum(p => model.Proximity * (Idf(p.First) + Idf(p.Second)) * Together(chunk.Words, p.First, p.Second).Sum(count => count / (count + norm)));
            }

            if (score > 0)
            {
                scores.Add((chunk.Key, chunk.Index), score);
            }
        }

        return scores;
    }

    // How often the second follows the first; how often one of the two has the last of the other within eight words.
    private static double[] Together(string[] words, string first, string second)
    {
        var (ordered, near) = (0, 0);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == first || words[i] == second)
            {
                var other = Array.LastIndexOf(words, words[i] == first ? second : first, i);
                near += other >= 0 && i - other < 8 ? 1 : 0;
                ordered += words[i] == second && i > 0 && words[i - 1] == first ? 1 : 0;
            }
        }

        return [ordered, near];
    }

    private static string[] Terms(string text, string? language)
    {
        var terms = new List<string>();
        new SpaceAnalyzer(language).Analyze(text, (term, _, _) => terms.Add(term.ToString()));
        return [.. terms];
    }
}
