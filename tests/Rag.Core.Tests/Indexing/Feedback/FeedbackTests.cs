using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

/// <summary>What holds for every feedback.</summary>
public sealed class FeedbackTests
{
    private static readonly KeywordModel Likelihood = RandomDocuments.Model with { Name = "test-ql", Mu = 30 };

    public static TheoryData<string> All => ["rm3", "ax", "rocchio", "focused"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_scope_teaches_what_an_index_of_only_what_it_shows_teaches(string name)
    {
        foreach (var model in (KeywordModel[])[RandomDocuments.Model, Likelihood])
        {
            var collection = new RandomCollection(7, model);
            var index = collection.Documents.Where(d => d.Key % 11 == 0).Aggregate(collection.Index, (i, d) => i.Remove(d.Key));
            var scope = new DocumentScope("odd", key => key % 2 == 1);
            var visible = RandomDocuments.Index(collection.Documents.Where(d => d.Key % 11 != 0 && d.Key % 2 == 1), model);
            for (var round = 0; round < 10; round++)
            {
                var query = collection.Random.Words(5);

                RandomDocuments.AssertSame(visible.Search(query, 500, explain: true, feedback: Of(name)), index.Search(query, 500, scope, explain: true, feedback: Of(name)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Results_descend_say_where_scores_come_from_and_stay_the_same(string name)
    {
        var collection = new RandomCollection(8);

        var hits = collection.Index.Search("w4 w17 w33", 500, explain: true, feedback: Of(name));

        Assert.NotEmpty(hits);
        Assert.All(hits, hit => Assert.Equal(hit.Score, hit.Terms.Sum(t => t.Score), 1e-5 * hit.Score));
        Assert.All(hits.Zip(hits.Skip(1)), pair => Assert.True(pair.First.Score >= pair.Second.Score));
        RandomDocuments.AssertSame([.. hits.Take(9)], collection.Index.Search("w4 w17 w33", 9, explain: true, feedback: Of(name)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_learnt_of_nothing(string name)
    {
        var collection = new RandomCollection(9);

        Assert.Empty(collection.Index.Search("", 10, feedback: Of(name)));
        Assert.Empty(collection.Index.Search("unheard", 10, feedback: Of(name)));
        Assert.Empty(new KeywordIndex(RandomDocuments.Model).Search("w1", 10, feedback: Of(name)));
        Assert.Empty(collection.Index.Search("w1", 10, new DocumentScope("none", _ => false), feedback: Of(name)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelling_stops_the_learning(string name)
    {
        using var cancelled = new CancellationTokenSource();
        var collection = new RandomCollection(10);

        Assert.Throws<OperationCanceledException>(() => collection.Index.Search("w1 w2", 10, feedback: new Cancelling(Of(name), cancelled), cancellationToken: cancelled.Token));
    }

    private static IFeedback Of(string name) => name switch { "rm3" => new Rm3Feedback(), "ax" => new AxiomaticFeedback(), "rocchio" => new RocchioFeedback(), _ => new FocusedFeedback() };

    private sealed class Cancelling(IFeedback inner, CancellationTokenSource source) : IFeedback
    {
        public TermVector Expand(TermVector query, FeedbackEvidence evidence)
        {
            source.Cancel();
            return inner.Expand(query, evidence);
        }
    }
}
