using Rag.Retrieval.Selection;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval.Selection;

public sealed class MmrRetrieverTests
{
    [Fact]
    public async Task A_passage_like_the_first_steps_behind_one_that_is_not()
    {
        ScoredChunk[] hits = [Hit("a", "ferry noon harbour", 3), Hit("b", "ferry noon harbour", 2.9), Hit("c", "cranes lift cargo", 2), Hit("d", "tide", 1)];

        Assert.Equal(["a#0", "c#0"], (await new MmrRetriever(new ScriptedRetriever(hits), lambda: 0.5).RetrieveAsync(new("q"), 2)).Select(f => f.Chunk.Id));
        Assert.Equal(["a#0", "b#0"], (await new MmrRetriever(new ScriptedRetriever(hits), lambda: 1).RetrieveAsync(new("q"), 2)).Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Vectors_tell_likeness_where_there_are_some()
    {
        ScoredChunk[] hits = [Hit("a", "cat", 3), Hit("b", "dog", 2.9), Hit("c", "cat tree", 2.8), Hit("d", "granite", 1)];

        var byWords = await new MmrRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("q"), 2);
        var byVectors = await new MmrRetriever(new ScriptedRetriever(hits), ScriptedEmbeddings.Nature).RetrieveAsync(new("q"), 2);

        Assert.Equal(["a#0", "b#0"], byWords.Select(f => f.Chunk.Id));
        Assert.Equal(["a#0", "c#0"], byVectors.Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Results_are_those_of_the_definition()
    {
        var random = new Random(7);
        string[] words = ["ferry", "harbour", "crane", "noon", "tide"];
        for (var round = 0; round < 50; round++)
        {
            var hits = Enumerable.Range(0, random.Next(1, 14))
                .Select(i => Hit($"d{i:00}", string.Join(' ', Enumerable.Range(0, random.Next(0, 5)).Select(_ => words[random.Next(5)])), random.NextDouble()))
                .OrderByDescending(h => h.Score).ThenBy(h => h.Chunk.Id, StringComparer.Ordinal).ToArray();

            var found = await new MmrRetriever(new ScriptedRetriever(hits), lambda: 0.6).RetrieveAsync(new("q"), 6);

            Assert.Equal(Slow(hits, 0.6, 6), found.Select(f => (f.Chunk.Id, Math.Round(f.Score, 9))));
        }
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(-1, 50)]
    [InlineData(1.1, 50)]
    [InlineData(0.5, 0)]
    public void Bad_arguments_are_refused(double lambda, int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MmrRetriever(new ScriptedRetriever(), lambda: lambda, depth: depth));

    private static IEnumerable<(string, double)> Slow(ScoredChunk[] hits, double lambda, int top)
    {
        var (least, greatest) = (hits.Min(h => h.Score), hits.Max(h => h.Score));
        var chosen = new List<ScoredChunk>();
        while (chosen.Count < Math.Min(top, hits.Length))
        {
            var (hit, score) = hits.Except(chosen)
                .Select(h => (Hit: h, Score: (lambda * (greatest > least ? (h.Score - least) / (greatest - least) : 1)) - ((1 - lambda) * chosen.Select(c => Cosine(c, h)).DefaultIfEmpty(0).Max())))
                .OrderByDescending(h => h.Score).ThenBy(h => h.Hit.Chunk.Id, StringComparer.Ordinal).First();
            chosen.Add(hit);
            yield return (hit.Chunk.Id, Math.Round(score, 9));
        }
    }

    private static double Cosine(ScoredChunk a, ScoredChunk b)
    {
        var (x, y) = (a.Chunk.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries), b.Chunk.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        double Dot(string[] p, string[] q) => p.Sum(w => q.Count(v => v == w));
        return x.Length == 0 || y.Length == 0 ? 0 : Dot(x, y) / Math.Sqrt(Dot(x, x) * Dot(y, y));
    }

    private static ScoredChunk Hit(string document, string text, double score) => new(new($"{document}#0", document, text, new(0, text.Length)) { Language = "xx" }, score);
}
