using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>BM25 as it stands in the books, chunk by chunk and in double precision.</summary>
internal static class SlowBm25
{
    public static Dictionary<(int Document, int Chunk), double> Search(IReadOnlyCollection<(int Key, Document Document)> documents, KeywordModel model, string query)
    {
        var chunks = (from d in documents
                      from c in RandomDocuments.Chunks(d.Document).Select((chunk, i) => (Chunk: chunk, Index: i))
                      select (d.Key, c.Index, Terms: Terms($"{c.Chunk.Title} {c.Chunk.Context} {c.Chunk.Text}", d.Document.Language))).ToList();
        var withTerms = chunks.Where(c => c.Terms.Length > 0).ToList();
        var average = withTerms.Average(c => c.Terms.Length);
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
            var norm = model.K1 * (1 - model.B + (model.B * model.Length(chunk.Terms.Length) / average));
            var score = 0.0;
            foreach (var (term, occurrences) in counts)
            {
                var tf = chunk.Terms.Count(t => t == term);
                var df = withTerms.Count(c => c.Terms.Contains(term));
                score += occurrences * Math.Log(1 + ((withTerms.Count - df + 0.5) / (df + 0.5))) * tf / (tf + norm);
            }

            if (score > 0)
            {
                scores.Add((chunk.Key, chunk.Index), score);
            }
        }

        return scores;
    }

    private static string[] Terms(string text, string? language)
    {
        var terms = new List<string>();
        new SpaceAnalyzer(language).Analyze(text, (term, _, _) => terms.Add(term.ToString()));
        return [.. terms];
    }
}
