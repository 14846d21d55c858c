using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing;

/// <summary>BM25 in the library's arithmetic, to the last bit, but chunk by chunk over everything: what a search that leaves out may never differ from.</summary>
internal sealed class ExhaustiveBm25(KeywordModel model)
{
    // the terms of a chunk in ordinal order
    private readonly List<(int Key, int Chunk, string Id, KeyValuePair<string, int>[] Counts, int Length)> _chunks = [];

    public void Add(int key, string documentId, IEnumerable<string> passages) =>
        _chunks.AddRange(passages.Select(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select((words, i) =>
            (key, i, $"{documentId}#{i}", words.CountBy(w => w).OrderBy(c => c.Key, StringComparer.Ordinal).ToArray(), words.Length)));

    public List<(int Key, int Chunk, double Score)> Search(TermVector query, Func<int, bool> sees)
    {
        var visible = _chunks.Where(c => c.Length > 0 && sees(c.Key)).ToList();
        var average = (float)(visible.Sum(c => (long)c.Length) / (double)visible.Count);
        var frequencies = visible.SelectMany(c => c.Counts).CountBy(c => c.Key).ToDictionary();
        var weights = query.Where(t => t.Value > 0 && frequencies.ContainsKey(t.Key)).ToDictionary(t => t.Key, t => t.Value * Bm25.Idf(visible.Count, frequencies[t.Key]));
        return [.. visible.Where(c => c.Counts.Any(t => weights.ContainsKey(t.Key)))
            .Select(c => (c.Key, c.Chunk, c.Id, Score: (double)(float)c.Counts.Where(t => weights.ContainsKey(t.Key))
                .Aggregate(0.0, (sum, t) => sum + Bm25.Score(weights[t.Key], t.Value, Bm25.InverseNorm(model, model.Length(c.Length), average)))))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => (c.Key, c.Chunk, c.Score))];
    }
}
