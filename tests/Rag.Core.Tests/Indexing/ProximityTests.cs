using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>Words that stand together, titles that count more, lengths that count less.</summary>
public sealed class ProximityTests
{
    private static readonly KeywordModel Model = RandomDocuments.Model with { TitleWeight = 2, LengthPrior = 30, Proximity = 0.2f };

    [Theory]
    [InlineData(1, 1, 0, 0.2)]
    [InlineData(2, 3, 0, 0)]
    [InlineData(3, 1, 30, 0)]
    [InlineData(4, 2, 30, 0.2)]
    [InlineData(5, 2, 30, 1.5)]
    public void Search_equals_the_formula_written_out(int seed, int titleWeight, float lengthPrior, float proximity)
    {
        var model = Model with { TitleWeight = titleWeight, LengthPrior = lengthPrior, Proximity = proximity };
        var random = new RandomDocuments(seed);
        var documents = Enumerable.Range(0, 22).Select(i => (Key: i, Document: random.Next(i))).ToArray(); // few enough that every hit is looked at
        var index = RandomDocuments.Index(documents, model);

        for (var round = 0; round < 30; round++)
        {
            var query = random.Words(6);
            var expected = SlowBm25.Search(documents, model, query);
            var actual = index.Search(query, 1000, explain: true);

            Assert.InRange(actual.Count, 0, 50);
            Assert.Equal(expected.Count, actual.Count);
            Assert.All(actual, hit => Assert.Equal(expected[(hit.Document, hit.Chunk)], hit.Score, 1e-5 * hit.Score));
            Assert.All(actual, hit => Assert.Equal(hit.Score, hit.Terms.Sum(t => t.Score), 1e-6 * hit.Score));
            Assert.All(actual.Zip(actual.Skip(1)), pair => Assert.True(pair.First.Score >= pair.Second.Score));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Fewer_results_are_the_first_of_more(int seed)
    {
        var random = new RandomDocuments(seed);
        var index = RandomDocuments.Index(Enumerable.Range(0, 300).Select(i => (i, random.Next(i))), Model);

        for (var round = 0; round < 20; round++)
        {
            var query = random.Words(6);
            var all = index.Search(query, 1000, explain: true);

            Assert.All((int[])[1, 10, 49, 50, 51, 150], top => RandomDocuments.AssertSame([.. all.Take(top)], index.Search(query, top, explain: true)));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void A_scope_makes_results_those_of_an_index_of_only_what_it_shows(int seed)
    {
        var random = new RandomDocuments(seed);
        var documents = Enumerable.Range(0, 200).Select(i => (Key: i, Document: random.Next(i))).ToArray();
        var index = documents.Where(d => d.Key % 11 == 0).Aggregate(RandomDocuments.Index(documents, Model), (i, d) => i.Remove(d.Key));
        var visible = RandomDocuments.Index(documents.Where(d => d.Key % 11 != 0 && d.Key % 3 == 0), Model);

        for (var round = 0; round < 20; round++)
        {
            var query = random.Words(5);
            RandomDocuments.AssertSame(visible.Search(query, 500, explain: true), index.Search(query, 500, new("3", key => key % 3 == 0), explain: true));
        }
    }

    [Fact]
    public void Words_that_stand_together_beat_the_same_words_apart()
    {
        var apart = "lock filler filler filler filler filler filler filler filler filler statement";
        var documents = ((string[])[apart, "filler filler filler filler filler filler filler filler filler lock statement", "filler", "other"]).Select((text, i) => (i, Testing.Corpus.Text($"d{i}", text) with { Title = "" }));
        var index = RandomDocuments.Index(documents, Model);

        var hits = index.Search("lock statement", 10, explain: true);

        Assert.Equal([1, 0], hits.Select(h => h.Document));
        Assert.Contains(hits[0].Terms, t => t is { Term: "lock statement", Occurrences: 1 });
        Assert.DoesNotContain(hits[1].Terms, t => t.Term == "lock statement");
    }

    [Fact]
    public void Parts_of_one_word_are_no_pair()
    {
        var index = RandomDocuments.Index([(0, Testing.Corpus.Text("d", "DbContext pool") with { Title = "" }), (1, Testing.Corpus.Text("e", "x") with { Title = "" })], KeywordModel.Default);

        var terms = index.Search("DbContext pool", 1, explain: true)[0].Terms.Select(t => t.Term).Order(StringComparer.Ordinal);

        Assert.Equal(["context", "context pool", "db", "db pool", "dbcontext", "dbcontext pool", "pool"], terms);
    }

    [Fact]
    public void Characters_that_overlap_are_no_pair()
    {
        var index = RandomDocuments.Index([(0, Testing.Corpus.Text("d", "東京都庁 案内") with { Title = "" }), (1, Testing.Corpus.Text("e", "x") with { Title = "" })], KeywordModel.Default);

        var terms = index.Search("東京都庁 案内", 1, explain: true)[0].Terms.Select(t => t.Term);

        Assert.Equal(["東京", "京都", "都庁", "案内", "都庁 案内"], terms.OrderBy(t => t.Length).ThenBy(t => "東京都庁案内".IndexOf(t[..2], StringComparison.Ordinal)));
    }
}
