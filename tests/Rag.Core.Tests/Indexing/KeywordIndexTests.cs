using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class KeywordIndexTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Search_equals_the_formula_written_out(int seed, bool quantized)
    {
        var model = RandomDocuments.Model with { QuantizedLengths = quantized };
        var random = new RandomDocuments(seed);
        var documents = Enumerable.Range(0, 120).Select(i => (Key: i, Document: random.Next(i))).ToArray();
        var index = RandomDocuments.Index(documents, model);

        for (var round = 0; round < 20; round++)
        {
            var query = random.Words(6);
            var expected = SlowBm25.Search(documents, model, query);
            var actual = index.Search(query, 1000, explain: true);

            Assert.Equal(expected.Count, actual.Count);
            Assert.All(actual, hit => Assert.Equal(expected[(hit.Document, hit.Chunk)], hit.Score, 1e-5 * hit.Score));
            Assert.All(actual, hit => Assert.Equal(hit.Score, hit.Terms.Sum(t => t.Score), 1e-6 * hit.Score));
            Assert.All(actual.Zip(actual.Skip(1)), pair => Assert.True(pair.First.Score >= pair.Second.Score));
            RandomDocuments.AssertSame([.. actual.Take(7)], index.Search(query, 7, explain: true));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void An_index_after_any_changes_equals_one_built_from_scratch(int seed)
    {
        var random = new RandomDocuments(seed);
        var choice = new Random(seed);
        var indexer = new DocumentIndexer(RandomDocuments.Model);
        var index = new KeywordIndex(RandomDocuments.Model);
        var live = new Dictionary<int, Document>();
        for (var key = 0; key < 400; key++)
        {
            var document = random.Next(key);
            index = index.Add(key, indexer.Index(document.Id, document.Language, RandomDocuments.Chunks(document)));
            live.Add(key, document);
            while (live.Count > 0 && choice.Next(100) < (key < 200 ? 30 : 60))
            {
                var gone = live.Keys.ElementAt(choice.Next(live.Count));
                live.Remove(gone);
                index = index.Remove(gone);
            }

            if (key % 40 == 39)
            {
                var scratch = RandomDocuments.Index(live.OrderByDescending(d => d.Key).Select(d => (d.Key, d.Value)));
                var query = random.Words(6);
                RandomDocuments.AssertSame(scratch.Search(query, 500, explain: true), index.Search(query, 500, explain: true));
                RandomDocuments.AssertSame(scratch.Search(query, 500, explain: true), index.Compact().Search(query, 500, explain: true));
                RandomDocuments.AssertSame(scratch.Search(query, 500), index.Compact(longest: -1).Search(query, 500)); // too long to be joined
                Assert.DoesNotContain(index.Compact(longest: -1).Segments, s => s.HasDead);
                Assert.Equal(index.Segments.Count, index.Compact(longest: -1).Segments.Count);
                Assert.InRange(index.Compact().Segments.Count, 0, 2);
                index = key % 80 == 79 ? index.Compact() : index;
                Assert.Equal(live.Keys.Order(), index.Documents.Order());
                Assert.Equal(scratch.ChunkCount, index.ChunkCount);
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_scope_makes_results_those_of_an_index_of_only_what_it_shows(int seed)
    {
        var random = new RandomDocuments(seed);
        var documents = Enumerable.Range(0, 200).Select(i => (Key: i, Document: random.Next(i))).ToArray();
        var index = documents.Where(d => d.Key % 11 == 0).Aggregate(RandomDocuments.Index(documents), (i, d) => i.Remove(d.Key));

        foreach (var divisor in (int[])[2, 3, 5, 50])
        {
            var scope = new DocumentScope($"{divisor}", key => key % divisor == 0);
            var visible = RandomDocuments.Index(documents.Where(d => d.Key % 11 != 0 && d.Key % divisor == 0));
            for (var round = 0; round < 10; round++)
            {
                var query = random.Words(5);
                RandomDocuments.AssertSame(visible.Search(query, 500, explain: true), index.Search(query, 500, scope, explain: true));
            }
        }
    }

    [Fact]
    public void Search_breaks_ties_by_chunk_id()
    {
        var documents = ((string[])["b", "a#1", "a", "ab"]).Select((id, key) => (key, Testing.Corpus.Text(id, [.. Enumerable.Repeat("same", 11)]) with { Title = "" })).ToArray();
        var index = RandomDocuments.Index(documents);

        var hits = index.Search("same", 100);

        var ids = hits.Select(h => $"{documents[h.Document].Item2.Id}#{h.Chunk}").ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        RandomDocuments.AssertSame([.. hits.Take(5)], index.Search("same", 5));
    }

    [Fact]
    public void Search_asks_in_every_language_that_may_be_seen_and_no_other()
    {
        var german = Testing.Corpus.Text("g", "hausx") with { Language = "de", Title = "" };
        var other = Testing.Corpus.Text("o", "haus") with { Title = "" };
        var index = RandomDocuments.Index([(0, german), (1, other)]);

        Assert.Equal([0, 1], index.Search("hausx", 10).Select(h => h.Document));
        Assert.Empty(index.Search("hausx", 10, new("others", key => key == 1)));
    }

    [Fact]
    public void Add_refuses_a_document_of_another_model()
    {
        var index = new KeywordIndex(RandomDocuments.Model with { Name = "other" });

        Assert.Throws<ArgumentException>(() => index.Add(1, new DocumentIndexer(RandomDocuments.Model).Index("a", null, [])));
    }

    [Fact]
    public void Search_stops_when_cancelled() => Assert.ThrowsAny<OperationCanceledException>(() =>
        RandomDocuments.Index([(0, Testing.Corpus.Text("a", "w1"))]).Search("w1", 1, cancellationToken: new(canceled: true)));

    // Values of Lucene's SmallFloat: byte4ToInt(intToByte4(n)).
    [Theory]
    [InlineData(0, 0)]
    [InlineData(23, 23)]
    [InlineData(39, 39)]
    [InlineData(40, 40)]
    [InlineData(41, 40)]
    [InlineData(57, 56)]
    [InlineData(100, 96)]
    [InlineData(1000, 984)]
    [InlineData(int.MaxValue, 2013265944)]
    public void Length_is_rounded_as_Lucene_does(int terms, int expected) => Assert.Equal(expected, (RandomDocuments.Model with { QuantizedLengths = true }).Length(terms));

    [Fact]
    public void A_document_of_unknown_language_does_not_outrank_what_the_question_is_about()
    {
        Document[] documents =
        [
            new("guide", "", "Shadow properties are properties that stand in the model only. A shadow property has no field.", []) { Language = "en" },
            new("grammar", "", "what : a | is ; property : get set", []),
            .. Enumerable.Range(0, 20).Select(i => new Document($"other{i}", "", $"Properties of model {i} have fields.", []) { Language = "en" }),
        ];
        var index = RandomDocuments.Index(documents.Select((d, i) => (i, d)), KeywordModel.Bm25);

        var hits = index.Search("What is a shadow property?", 5);

        Assert.Equal(0, hits[0].Document);
    }
}
