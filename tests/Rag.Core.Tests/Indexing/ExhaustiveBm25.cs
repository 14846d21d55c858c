using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing;

/// <summary>BM25 in the library's arithmetic, to the last bit, but chunk by chunk over everything: what a search that leaves out may never differ from.</summary>
internal sealed class ExhaustiveBm25(KeywordModel model)
{
    private readonly List<(int Key, int Chunk, string Id, Dictionary<string, int> Counts, int Length)> _chunks = [];

    public void Add(int key, string documentId, IEnumerable<string> passages) =>
        _chunks.AddRange(passages.Select((passage, i) => passage.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words
            ? (key, i, $"{documentId}#{i}", words.GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count()), words.Length)
            : default));

    public List<(int Key, int Chunk, double Score)> Search(TermVector query, int top, Func<int, bool> sees)
    {
        var visible = _chunks.Where(c => c.Length > 0 && sees(c.Key)).ToList();
        var average = (float)(visible.Sum(c => (long)c.Length) / (double)visible.Count);
        var weights = query.Select(t => (Term: t.Key, Weight: t.Value, Frequency: visible.Count(c => c.Counts.ContainsKey(t.Key))))
            .Where(t => t.Weight > 0 && t.Frequency > 0).Select(t => (t.Term, Weight: t.Weight * Bm25.Idf(visible.Count, t.Frequency))).ToList();
        return [.. visible.Where(c => weights.Exists(w => c.Counts.ContainsKey(w.Term)))
            .Select(c => (c.Key, c.Chunk, c.Id, Score: Score(c.Counts, Bm25.InverseNorm(model, model.Length(c.Length), average))))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Id, StringComparer.Ordinal).Take(top).Select(c => (c.Key, c.Chunk, c.Score))];

        double Score(Dictionary<string, int> counts, float inverseNorm)
        {
            var sum = 0.0;
            foreach (var (term, weight) in weights)
            {
                sum += counts.TryGetValue(term, out var count) ? Bm25.Score(weight, count, inverseNorm) : 0;
            }

            return (float)sum;
        }
    }
}
