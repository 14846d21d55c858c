using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

public sealed class FocusedFeedbackTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Expand_equals_the_model_written_out(int seed) => RandomCollection.AssertExpands(seed, new FocusedFeedback(), Slow);

    [Fact]
    public void A_passage_that_answers_alone_teaches_alone()
    {
        // All hold "the"-like words of the question; one holds all of them.
        var index = RandomDocuments.IndexOf(Enumerable.Range(0, 60).Select(i => i switch
        {
            0 => "zinc mine output rises harbour",
            < 12 => $"zinc prices lantern{i % 3}",
            _ => $"hay{i}",
        }));

        var single = index.Search("zinc mine output rises", 1, explain: true, feedback: new FocusedFeedback())[0];
        var many = index.Search("zinc prices", 1, explain: true, feedback: new FocusedFeedback())[0];

        Assert.Equal(0, single.Document);
        Assert.True(single.Terms.Single(t => t.Term == "harbour (feedback)").Score > 0);
        Assert.DoesNotContain(single.Terms, t => t.Term.StartsWith("lantern", StringComparison.Ordinal));
        Assert.Contains(many.Terms, t => t.Term.StartsWith("lantern", StringComparison.Ordinal));
    }

    [Fact]
    public void Pairs_of_characters_are_not_learnt_and_leave_their_weight_unused()
    {
        var index = RandomDocuments.IndexOf(Enumerable.Range(0, 40).Select(i => i < 2 ? "検索 案内 tokyo" : $"hay{i}"), KeywordModel.Default);

        var terms = index.Search("検索", 1, explain: true, feedback: new FocusedFeedback())[0].Terms;

        Assert.Equal(["tokyo (feedback)", "検索"], terms.Select(t => t.Term).Order(StringComparer.Ordinal));
        Assert.True(terms.Single(t => t.Term == "検索").Score > 3 * terms.Single(t => t.Term != "検索").Score);
    }

    private static Dictionary<string, double> Slow(RandomCollection collection, string text)
    {
        var question = RandomCollection.Question(text);
        var hits = collection.Index.Search(text, 10);
        var model = new Dictionary<string, double>();
        foreach (var hit in hits)
        {
            var words = collection.Passages[(hit.Document, hit.Chunk)];
            foreach (var word in words.CountBy(w => w))
            {
                model[word.Key] = model.GetValueOrDefault(word.Key) + ((double)word.Value / words.Length * Math.Pow(hit.Score / hits[0].Score, 8));
            }
        }

        var learnt = model.Where(t => t.Key.Length is >= 2 and <= 20 && collection.With(t.Key) <= 0.1 * collection.Filled)
            .OrderByDescending(t => (float)t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(20).ToList();
        var asked = question.Values.Sum();
        var expected = question.ToDictionary(t => t.Key, t => (double)t.Value);
        foreach (var (word, weight) in learnt)
        {
            expected[word] = expected.GetValueOrDefault(word) + (asked * 2.0 / 3 * weight / learnt.Sum(t => t.Value));
        }

        return expected;
    }
}
