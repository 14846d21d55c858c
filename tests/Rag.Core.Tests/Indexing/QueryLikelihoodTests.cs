using Rag.Core.Tests.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing;

public sealed class QueryLikelihoodTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Search_equals_the_formula_written_out(int seed, bool quantized)
    {
        var model = RandomDocuments.Model with { Name = "test-ql", Mu = 30, QuantizedLengths = quantized };
        var collection = new RandomCollection(seed, model);
        var all = collection.Passages.Values.Sum(p => p.Length);
        for (var round = 0; round < 15; round++)
        {
            var text = collection.Random.Words(6);
            var question = RandomCollection.Question(text);
            var expected = collection.Passages.Where(p => p.Value.Intersect(question.Keys).Any()).ToDictionary(p => p.Key, p => question.Where(t => p.Value.Contains(t.Key)).Sum(t =>
            {
                var probability = (collection.Passages.Values.Sum(o => o.Count(w => w == t.Key)) + 1.0) / (all + 1.0);
                return Math.Max(0, t.Value * (Math.Log(1 + (p.Value.Count(w => w == t.Key) / (30 * probability))) + Math.Log(30.0 / (30 + model.Length(p.Value.Length)))));
            }));

            var actual = collection.Index.Search(text, 1000, explain: true);

            Assert.Equal(expected.Count, actual.Count);
            Assert.All(actual, hit => Assert.Equal(expected[(hit.Document, hit.Chunk)], hit.Score, 1e-5));
            Assert.All(actual, hit => Assert.Equal(hit.Score, hit.Terms.Sum(t => t.Score), 1e-5));
        }
    }

    [Fact]
    public void A_passage_that_holds_a_word_no_oftener_than_by_chance_is_found_with_nothing()
    {
        var index = RandomDocuments.Index(
            [(0, Testing.Corpus.Text("long", string.Join(' ', Enumerable.Repeat("filler", 40)) + " common") with { Title = "" }), (1, Testing.Corpus.Text("short", "common common") with { Title = "" })],
            RandomDocuments.Model with { Name = "test-ql", Mu = 30 });

        var hits = index.Search("common", 10);

        Assert.Equal([(1, true), (0, false)], hits.Select(h => (h.Document, h.Score > 0)));
    }
}
