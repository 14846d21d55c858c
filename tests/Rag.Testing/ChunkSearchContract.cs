using System.Numerics.Tensors;
using Rag.Storage;

namespace Rag.Testing;

/// <summary>What every <see cref="IChunkStore"/> finds, and what it must not let shine through.</summary>
public abstract class ChunkSearchContract
{
    private static readonly string[] Words = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen"];

    /// <summary>An empty store; disposed by the test.</summary>
    protected abstract Task<IChunkStore> CreateAsync();

    public static TheoryData<string> Filters => new(
        "product = p1",
        "product in (p0, p2)",
        "year > 2003",
        "year in 2002..2004",
        "not product = p1",
        "product = p1 or year < 2003",
        "product = p2 and language = de",
        "document in (doc3, doc7)",
        "path = '/kb/doc4'",
        "type = text/markdown",
        "group = staff",
        "tenant = t",
        "missing = x");

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_makes_scores_those_of_a_store_with_only_what_it_shows(string expression)
    {
        var filter = FilterParser.Parse(expression);
        await CompareWithOnlyVisible(new Query("ant bee fox") { Tenant = "t", Filter = filter, Groups = ["staff", "board"] }, d => filter.Matches(field => Filter.ValuesOf(d, field)));
    }

    [Theory]
    [InlineData]
    [InlineData("staff")]
    [InlineData("board", "others")]
    public async Task Groups_make_scores_those_of_a_store_with_only_what_they_may_see(params string[] groups) =>
        await CompareWithOnlyVisible(new Query("ant bee fox") { Tenant = "t", Groups = groups }, d => d.Groups.Count == 0 || d.Groups.Intersect(groups).Any());

    [Fact]
    public async Task Search_orders_by_score_then_by_chunk_id()
    {
        await using var store = await CreateAsync();
        foreach (var document in (Document[])[Corpus.Text("b", "same words"), Corpus.Text("a", [.. Enumerable.Repeat("same words", 12)]), Corpus.Text("c", "same same words")])
        {
            var plain = document with { Title = "" };
            await store.ReplaceDocumentAsync(plain, Corpus.Chunks(plain, _ => [1, 0]));
        }

        var byWords = await store.SearchKeywordsAsync(new("same"), 20);
        var byVector = await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 20);

        string[] ties = ["a#0", "a#1", "a#10", "a#11", "a#2", "a#3", "a#4", "a#5", "a#6", "a#7", "a#8", "a#9", "b#0"];
        Assert.Equal(["c#0", .. ties], byWords.Select(r => r.Chunk.Id));
        Assert.Equal([.. ties, "c#0"], byVector.Select(r => r.Chunk.Id));
        Assert.All(byWords.Zip(byWords.Skip(1)), pair => Assert.True(pair.First.Score >= pair.Second.Score));
        Corpus.AssertSame([.. byWords.Take(3)], await store.SearchKeywordsAsync(new("same"), 3));
        Corpus.AssertSame([.. byVector.Take(3)], await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 3));
    }

    [Fact]
    public async Task Search_gives_chunks_with_everything_they_inherit()
    {
        await using var store = await CreateAsync();
        var document = Corpus.Text("kb/a.md", "first line here", "second line there") with
        {
            Path = "/kb/a.md",
            Language = "en",
            Pages = new([0, 16]),
            Lines = new([0, 6, 16], 40),
            Tags = new Dictionary<string, string> { ["product"] = "ledger" },
        };
        var chunk = Chunk.Of(document, 0, new(0, document.Text.Length), "Guide > Lines");

        await store.ReplaceDocumentAsync(document, [new(chunk)]);

        Assert.Equivalent(chunk, Assert.Single(await store.SearchKeywordsAsync(new("second"), 10)).Chunk, strict: true);
        Assert.Single(await store.SearchKeywordsAsync(new("guide"), 10));
        Assert.Single(await store.SearchKeywordsAsync(new("title"), 10));
    }

    [Fact]
    public async Task Search_finds_nothing_for_a_query_without_words()
    {
        await using var store = await CreateAsync();
        var document = Corpus.Text("a", "some words");
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        Assert.Empty(await store.SearchKeywordsAsync(new(""), 10));
        Assert.Empty(await store.SearchKeywordsAsync(new(" \t\0?!\ud83d"), 10));
        Assert.Empty(await store.SearchKeywordsAsync(new("unheard"), 10));
        Assert.Empty(await store.SearchVectorsAsync(new float[] { 1, 0 }, new("some"), 10));
    }

    [Fact]
    public async Task Search_takes_a_query_of_a_megabyte()
    {
        await using var store = await CreateAsync();
        var document = Corpus.Text("a", "needle");
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        var text = string.Join(' ', Enumerable.Range(0, 130_000).Select(i => $"w{i:000000}")) + " needle";

        Assert.Single(await store.SearchKeywordsAsync(new(text), 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Search_refuses_a_top_below_one(int top)
    {
        await using var store = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.SearchKeywordsAsync(new("x"), top));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.SearchVectorsAsync(new float[] { 1 }, new("x"), top));
    }

    [Fact]
    public async Task SearchKeywords_explains_where_scores_come_from_when_asked()
    {
        await using var store = await CreateAsync();
        foreach (var document in RandomDocuments(4))
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        var query = new Query("ant bee fox") { Tenant = "t" };

        Assert.All(await store.SearchKeywordsAsync(query, 20), r => Assert.Empty(r.Terms));
        Assert.All(await store.SearchKeywordsAsync(query with { Explain = true }, 20), r => Assert.Equal(r.Score, r.Terms.Sum(t => t.Score), 1e-5));
    }

    [Fact]
    public async Task SearchVectors_equals_comparing_with_every_vector()
    {
        await using var store = await CreateAsync();
        var random = new Random(9);
        float[] Vector() => [.. Enumerable.Range(0, 16).Select(_ => (float)(random.NextDouble() - 0.5))];
        var all = new List<EmbeddedChunk>();
        foreach (var document in RandomDocuments(5).Select(d => d with { Groups = [] }))
        {
            var chunks = Corpus.Chunks(document, _ => Vector());
            all.AddRange(chunks);
            await store.ReplaceDocumentAsync(document, chunks);
        }

        var query = Vector();
        var found = await store.SearchVectorsAsync(query, new("") { Tenant = "t" }, 10);
        var visible = await store.SearchVectorsAsync(query, new("") { Tenant = "t", Filter = Filter.Equal("product", "p1") }, 10);

        var expected = all.Select(c => (c.Chunk, Score: TensorPrimitives.CosineSimilarity(c.Vector.Span, query))).OrderByDescending(c => c.Score).ToArray();
        Assert.Equal(expected.Take(10).Select(c => c.Chunk.Id), found.Select(c => c.Chunk.Id));
        Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-5));
        Assert.Equal(expected.Where(c => c.Chunk.Tags["product"] == "p1").Take(10).Select(c => c.Chunk.Id), visible.Select(c => c.Chunk.Id));
    }

    [Fact]
    public async Task SearchVectors_follows_changes()
    {
        await using var store = await CreateAsync();
        var (a, b) = (Corpus.Text("a", "one"), Corpus.Text("b", "two"));
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [1, 0]));
        Assert.Single(await store.SearchVectorsAsync(new float[] { 0, 1 }, new(""), 10));
        await store.ReplaceDocumentAsync(b, Corpus.Chunks(b, _ => [0, 1]));
        Assert.Equal("b", (await store.SearchVectorsAsync(new float[] { 0, 1 }, new(""), 10))[0].Chunk.DocumentId);
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [0, 1]));
        Assert.Equal(["a#0", "b#0"], (await store.SearchVectorsAsync(new float[] { 0, 1 }, new(""), 10)).Select(r => r.Chunk.Id));
        await store.DeleteDocumentAsync("a");
        Assert.Equal("b", Assert.Single(await store.SearchVectorsAsync(new float[] { 0, 1 }, new(""), 10)).Chunk.DocumentId);
    }

    [Fact]
    public async Task Vectors_of_another_length_are_refused()
    {
        await using var store = await CreateAsync();
        var (a, b) = (Corpus.Text("a", "one", "two"), Corpus.Text("b", "three"));
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [1, 0]));

        await Assert.ThrowsAsync<ArgumentException>(() => store.SearchVectorsAsync(new float[] { 1, 0, 0 }, new(""), 10));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReplaceDocumentAsync(a, Corpus.Chunks(a, i => new float[i + 1])));
        await Assert.ThrowsAsync<StoreException>(() => store.ReplaceDocumentAsync(b, Corpus.Chunks(b, _ => [1, 0, 0])));
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [1, 0, 0]));
        Assert.Equal(2, (await store.SearchVectorsAsync(new float[] { 1, 0, 0 }, new(""), 10)).Count);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Vectors_with_numbers_that_are_not_finite_are_refused(float number)
    {
        await using var store = await CreateAsync();
        var (a, b) = (Corpus.Text("a", "one", "two"), Corpus.Text("b", "three"));
        await store.ReplaceDocumentAsync(b, Corpus.Chunks(b, _ => [1, 0]));

        var stored = await Assert.ThrowsAsync<ArgumentException>(() => store.ReplaceDocumentAsync(a, Corpus.Chunks(a, i => [1, i == 1 ? number : 0])));
        await Assert.ThrowsAsync<ArgumentException>(() => store.SearchVectorsAsync(new float[] { 1, number }, new(""), 10));

        Assert.Contains("'a#1'", stored.Message, StringComparison.Ordinal);
        Assert.Equal("b", Assert.Single(await store.ListDocumentsAsync()).Id);
    }

    [Fact]
    public async Task A_vector_of_zeros_is_similar_to_nothing()
    {
        await using var store = await CreateAsync();
        var a = Corpus.Text("a", "one", "two", "three");
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, i => [i - 1, 0]));

        Assert.Equal([("a#2", 1), ("a#1", 0), ("a#0", -1)], (await store.SearchVectorsAsync(new float[] { 2, 0 }, new(""), 10)).Select(c => (c.Chunk.Id, c.Score)));
        Assert.Equal([("a#0", 0), ("a#1", 0)], (await store.SearchVectorsAsync(new float[] { 0, 0 }, new(""), 2)).Select(c => (c.Chunk.Id, c.Score)));
    }

    [Fact]
    public async Task GetVectorSpace_names_model_and_length_of_each_tenant()
    {
        await using var store = await CreateAsync();
        var (plain, named, other) = (Corpus.Text("a", "one", "two"), Corpus.Text("b", "three"), Corpus.Text("c", "four") with { Tenant = "t" });
        await store.ReplaceDocumentAsync(plain, Corpus.Chunks(plain));
        Assert.Null(await store.GetVectorSpaceAsync());

        await store.ReplaceDocumentAsync(plain, Corpus.Chunks(plain, _ => [1, 0]));
        Assert.Equal(new VectorSpace(null, 2), await store.GetVectorSpaceAsync());

        await store.ReplaceDocumentAsync(named, Corpus.Chunks(named, _ => [1, 0], "model m"));
        await store.ReplaceDocumentAsync(other, Corpus.Chunks(other, _ => [1, 0, 0], "model n"));
        Assert.Equal((new("model m", 2), new("model n", 3), null), (await store.GetVectorSpaceAsync(), await store.GetVectorSpaceAsync("t"), await store.GetVectorSpaceAsync("u")));

        await store.DeleteDocumentAsync("b");
        await store.DeleteDocumentAsync("a");
        Assert.Null(await store.GetVectorSpaceAsync());
    }

    [Fact]
    public async Task Vectors_of_another_model_are_refused_though_equally_long()
    {
        await using var store = await CreateAsync();
        var (a, b) = (Corpus.Text("a", "one"), Corpus.Text("b", "two", "three"));
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [1, 0], "model m"));

        var error = await Assert.ThrowsAsync<StoreException>(() => store.ReplaceDocumentAsync(b, Corpus.Chunks(b, _ => [1, 0], "model n")));
        EmbeddedChunk[] mixed = [.. Corpus.Chunks(b, _ => [1, 0], "model m").Select((c, i) => c with { Model = $"model {i}" })];
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReplaceDocumentAsync(b, mixed));

        Assert.All((string[])["'model m'", "'model n'"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        Assert.Equal("a", Assert.Single(await store.ListDocumentsAsync()).Id);
        await store.ReplaceDocumentAsync(a, Corpus.Chunks(a, _ => [1, 0], "model n"));
        await store.ReplaceDocumentAsync(b, Corpus.Chunks(b, _ => [1, 0], "model n"));
        Assert.Equal(3, (await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Count);
    }

    /// <summary>Seeded documents of random words in tenant <c>t</c>, with tags, paths, groups and languages to filter by.</summary>
    private static IEnumerable<Document> RandomDocuments(int seed)
    {
        var random = new Random(seed);
        string Passage() => string.Join(' ', Enumerable.Range(0, random.Next(3, 12)).Select(_ => Words[(int)(Words.Length * random.NextDouble() * random.NextDouble())]));
        for (var i = 0; i < 30; i++)
        {
            yield return Corpus.Text($"doc{i}", [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Passage())]) with
            {
                Tenant = "t",
                Path = $"/kb/doc{i}",
                MediaType = i % 4 == 0 ? "text/markdown" : "text/plain",
                Language = (i % 5) switch { 0 => null, 1 => "de", _ => "en" },
                Groups = (i % 6) switch { 0 => ["staff"], 1 => ["board", "audit"], _ => [] },
                Tags = new Dictionary<string, string> { ["product"] = $"p{i % 3}", ["year"] = $"{2000 + (i % 7)}" },
            };
        }
    }

    private async Task CompareWithOnlyVisible(Query query, Func<Document, bool> sees)
    {
        await using var whole = await CreateAsync();
        await using var visible = await CreateAsync();
        foreach (var document in RandomDocuments(3))
        {
            var chunks = Corpus.Chunks(document, i => [1, i]);
            await whole.ReplaceDocumentAsync(document, chunks);
            if (sees(document))
            {
                var open = document with { Groups = [] };
                await visible.ReplaceDocumentAsync(open, chunks);
            }
        }

        var unfiltered = new Query(query.Text) { Tenant = "t" };
        Corpus.AssertSame(await visible.SearchKeywordsAsync(unfiltered, 500), await whole.SearchKeywordsAsync(query, 500));
        Corpus.AssertSame(await visible.SearchVectorsAsync(new float[] { 1, 1 }, unfiltered, 500), await whole.SearchVectorsAsync(new float[] { 1, 1 }, query, 500));
    }
}
