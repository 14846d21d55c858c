using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

public sealed class Rm3FeedbackTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Expand_equals_the_model_written_out(int seed) => RandomCollection.AssertExpands(seed, new Rm3Feedback(), Slow);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Weights_of_the_new_query_sum_to_one(int seed)
    {
        var collection = new RandomCollection(seed);

        for (var round = 0; round < 20; round++)
        {
            var text = collection.Random.Words(6);
            if (collection.Index.Search(text, 1).Count > 0)
            {
                Assert.Equal(1, collection.Expand(new Rm3Feedback(), text).Sum, 1e-6);
            }
        }
    }

    [Fact]
    public void A_query_that_keeps_all_its_weight_gives_the_plain_ranking()
    {
        var collection = new RandomCollection(6);
        var plain = collection.Index.Search("w3 w9 w20 w41", 500);

        var learnt = collection.Index.Search("w3 w9 w20 w41", 500, feedback: new Rm3Feedback { OriginalWeight = 1 });

        Assert.NotEmpty(plain);
        Assert.Equal(plain.Select(h => (h.Document, h.Chunk)), learnt.Select(h => (h.Document, h.Chunk)));
    }

    [Fact]
    public void Words_of_other_scripts_and_frequent_words_are_not_learnt()
    {
        var index = RandomDocuments.IndexOf(Enumerable.Range(0, 40).Select(i => i < 2 ? "needle слово thread x common" : $"common hay{i}"));

        var hit = index.Search("needle", 1, explain: true, feedback: new Rm3Feedback())[0];

        Assert.Equal(["needle", "thread (feedback)"], hit.Terms.Select(t => t.Term));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rm3Feedback { Passages = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rm3Feedback { Terms = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rm3Feedback { OriginalWeight = 1.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rm3Feedback { OriginalWeight = float.NaN });
    }

    private static Dictionary<string, double> Slow(RandomCollection collection, string text)
    {
        var question = RandomCollection.Question(text);
        var model = new Dictionary<string, double>();
        foreach (var hit in collection.Index.Search(text, 10))
        {
            var counts = collection.Passages[(hit.Document, hit.Chunk)].CountBy(w => w)
                .Where(t => t.Key.Length is >= 2 and <= 20 && collection.With(t.Key) <= 0.1 * collection.Filled)
                .OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(10).ToList();
            foreach (var (term, count) in counts)
            {
                model[term] = model.GetValueOrDefault(term) + (hit.Score * count / counts.Sum(t => t.Value));
            }
        }

        var kept = model.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(10).ToDictionary();
        return question.Keys.Union(kept.Keys).ToDictionary(t => t, t => (0.5 * question.GetValueOrDefault(t) / question.Values.Sum()) + (kept.Count == 0 ? 0 : 0.5 * kept.GetValueOrDefault(t) / kept.Values.Sum()));
    }
}
