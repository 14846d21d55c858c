using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

public sealed class RocchioFeedbackTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Expand_equals_the_formula_written_out(int seed) => RandomCollection.AssertExpands(seed, new RocchioFeedback(), Slow);

    private static Dictionary<string, double> Slow(RandomCollection collection, string text)
    {
        var question = RandomCollection.Question(text);
        var mean = new Dictionary<string, double>();
        var hits = collection.Index.Search(text, 10);
        foreach (var hit in hits)
        {
            var counts = collection.Passages[(hit.Document, hit.Chunk)].CountBy(w => w).Where(t => t.Key.Length is >= 2 and <= 20 && collection.With(t.Key) <= 0.1 * collection.Filled).ToList();
            foreach (var (term, count) in counts)
            {
                mean[term] = mean.GetValueOrDefault(term) + (count / Math.Sqrt(counts.Sum(t => t.Value * t.Value)) / hits.Count);
            }
        }

        var kept = mean.OrderByDescending(t => (float)t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(10).ToDictionary();
        var (questionLength, meanLength) = (Math.Sqrt(question.Values.Sum(v => v * v)), Math.Sqrt(kept.Values.Sum(v => v * v)));
        return question.Keys.Union(kept.Keys).ToDictionary(t => t, t => (question.GetValueOrDefault(t) / questionLength) + (meanLength == 0 ? 0 : 0.75 * kept.GetValueOrDefault(t) / meanLength));
    }
}
