using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

public sealed class AxiomaticFeedbackTests
{
    [Fact]
    public void Expand_equals_the_formula_written_out_where_the_pool_is_the_whole_collection()
    {
        var random = new Random(11);
        var passages = Enumerable.Range(0, 90).Select(_ => Enumerable.Range(0, 8).Select(_ => $"word{(char)('a' + random.Next(26))}").ToArray()).ToArray();
        var index = RandomDocuments.IndexOf(passages.Select(p => string.Join(' ', p)));
        string[] question = ["worda", "wordb", "wordb", "wordc"];
        var recorder = new RecordingFeedback(new AxiomaticFeedback());

        index.Search(string.Join(' ', question), 10, feedback: recorder);

        RandomCollection.AssertClose(Slow(passages, question), recorder.Expanded);
    }

    [Fact]
    public void The_same_seed_gives_the_same_ranking_and_another_one_may_not()
    {
        var index = RandomDocuments.IndexOf(Enumerable.Range(0, 900).Select(i => $"word{(char)('a' + (i % 23))} word{(char)('a' + (i % 19))} other{(char)('a' + (i % 7))}"));

        var once = index.Search("worda wordc", 300, explain: true, feedback: new AxiomaticFeedback());
        var again = index.Search("worda wordc", 300, explain: true, feedback: new AxiomaticFeedback());
        var other = index.Search("worda wordc", 300, explain: true, feedback: new AxiomaticFeedback { Seed = 1 });

        RandomDocuments.AssertSame(once, again);
        Assert.NotEqual(once.Select(h => h.Score), other.Select(h => h.Score));
    }

    [Fact]
    public void A_query_of_which_nothing_can_be_learnt_stays_as_it_is()
    {
        var index = RandomDocuments.IndexOf(Enumerable.Range(0, 30).Select(i => $"12345 слово{i}"));

        RandomDocuments.AssertSame(index.Search("слово7", 10), index.Search("слово7", 10, feedback: new AxiomaticFeedback()));
    }

    // Written down from java.util.Random: nextInt(3204) with seed 42, nextInt(1024) with seed -7, nextInt(2^30 + 1), which draws about half its numbers again, with seed 1.
    [Theory]
    [InlineData(42, 3204, new[] { 530, 1407, 324, 1160, 1494, 1825, 257, 1946 })]
    [InlineData(-7, 1024, new[] { 275, 923, 689, 968, 534, 149, 872, 323 })]
    [InlineData(1, (1 << 30) + 1, new[] { 215764588, 880641847, 874970313, 446064254, 77814904, 714504434, 13136569, 327998473 })]
    public void Random_numbers_are_those_of_Java(long seed, int bound, int[] expected)
    {
        var random = new JavaRandom(seed);

        Assert.Equal(expected, expected.Select(_ => random.Next(bound)));
    }

    private static Dictionary<string, double> Slow(string[][] passages, string[] question)
    {
        double n = passages.Length;
        var sums = new Dictionary<string, double>();
        foreach (var (query, times) in question.CountBy(t => t))
        {
            var idf = Math.Log((1 + passages.Length) / passages.Count(p => p.Contains(query)));
            foreach (var term in passages.SelectMany(p => p).Distinct())
            {
                sums[term] = sums.GetValueOrDefault(term) + (times * idf * (term == query ? 1 : 0.4 * Information(query, term) / Information(query, query)));
            }
        }

        return sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(20).ToDictionary(s => s.Key, s => s.Value / question.Length);

        double Information(string x, string y) => (from hasX in (bool[])[true, false]
                                                   from hasY in (bool[])[true, false]
                                                   let both = passages.Count(p => p.Contains(x) == hasX && p.Contains(y) == hasY) / n
                                                   where both > 0
                                                   select both * Math.Log(both / (passages.Count(p => p.Contains(x) == hasX) / n) / (passages.Count(p => p.Contains(y) == hasY) / n))).Sum();
    }
}
