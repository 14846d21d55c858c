using System.Text.Json;
using Rag.Generation;
using Rag.Ratings;

namespace Rag.Testing;

/// <summary>What every <see cref="IRatingStore"/> keeps.</summary>
public abstract class RatingStoreContract
{
    private const string Founded = "The archive was founded by Ada Crane in 1987.";

    /// <summary>An empty store.</summary>
    protected abstract Task<IRatingStore> CreateAsync();

    [Fact]
    public async Task A_rating_comes_back_with_its_whole_trace()
    {
        var store = await CreateAsync();
        var conflicting = SampleRatings.Of("r1", Verdict.Bad, "When was it founded?", "It was founded in 1987 [1]. It moved to Rome [1].", Founded, "The archive was founded by Ada Crane in 1990.");
        var rating = conflicting with
        {
            Answer = conflicting.Answer with { Searched = "When was the archive founded?", Confidence = 0.25, Usage = new(120, 8), Timings = new(TimeSpan.FromMilliseconds(1.5), default, TimeSpan.FromSeconds(2), default) },
            Tenant = "acme",
            By = "ada \0 \n [1]",
            Comment = "Rome? \"No\" <b>never</b> ☃ 🙂",
            Correction = "In 1987 [1].",
            Alternative = "1987 [1].",
            EarlierQuestions = ["Who?", "Where?"],
            EarlierDocuments = ["old.md", "older.md"],
            Origin = new() { Generator = "tiny.gguf", Prompt = ChatAnswerGenerator.PromptVersion, Temperature = 0.7f, Seed = 42 },
        };

        await store.AddAsync(rating);

        AssertSame(Kept(rating), Assert.Single(await ListAsync(store, new() { Tenant = "acme" })));
        Assert.NotEmpty(rating.Answer.Citations);
        Assert.Contains(rating.Answer.Sentences, s => !s.Supported);
    }

    [Fact]
    public async Task A_rating_with_a_known_id_takes_the_place_of_the_old_one()
    {
        var store = await CreateAsync();
        await store.AddAsync(Founding("r1", Verdict.Good));
        await store.AddAsync(Founding("r2", Verdict.Good));

        await store.AddAsync(Founding("r1", Verdict.Bad));

        Assert.Equal([("r2", Verdict.Good), ("r1", Verdict.Bad)], (await ListAsync(store, new())).Select(r => (r.Id, r.Verdict)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_list_holds_just_what_the_filter_lets_through(int seed)
    {
        var random = new Random(seed);
        var store = await CreateAsync();
        var all = Enumerable.Range(0, 150).Select(i => Founding($"r{i}", (Verdict)random.Next(2)) with { Tenant = $"t{random.Next(2)}", At = SampleRatings.Noon.AddHours(random.Next(-9, 9)) }).ToList();
        foreach (var rating in all)
        {
            await store.AddAsync(rating);
        }

        foreach (var filter in (RatingFilter[])[
            new() { Tenant = "t0" }, new() { Tenant = "t1", Verdict = Verdict.Bad }, new() { Tenant = "t1", From = SampleRatings.Noon },
            new() { Tenant = "t0", Until = SampleRatings.Noon }, new() { Tenant = "t0", Verdict = Verdict.Good, From = SampleRatings.Noon.AddHours(-3), Until = SampleRatings.Noon.AddHours(3) }, new()])
        {
            Assert.Equal(all.Where(filter.Matches).Select(r => r.Id), (await ListAsync(store, filter)).Select(r => r.Id));
        }
    }

    [Fact]
    public async Task Deleting_and_forgetting_touch_only_the_tenant_that_they_name()
    {
        var store = await CreateAsync();
        await store.AddAsync(Founding("r1", Verdict.Good) with { Tenant = "a" });
        await store.AddAsync(Founding("r1", Verdict.Bad) with { Tenant = "b" });

        Assert.False(await store.DeleteAsync("r1"));
        Assert.Equal(0, await store.ForgetDocumentAsync("doc1.md"));
        Assert.True(await store.DeleteAsync("r1", "a"));
        Assert.False(await store.DeleteAsync("r1", "a"));

        Assert.Empty(await ListAsync(store, new() { Tenant = "a" }));
        Assert.False(Assert.Single(await ListAsync(store, new() { Tenant = "b" })).Forgotten);
    }

    [Fact]
    public async Task Forgetting_a_document_takes_every_text_of_the_ratings_that_rest_on_it()
    {
        var store = await CreateAsync();
        var rating = Founding("r1", Verdict.Bad) with { Comment = "no", Correction = "c", Alternative = "a", EarlierQuestions = ["e"], By = "ada", Origin = new() { Generator = "tiny" } };
        var other = SampleRatings.Of("r2", Verdict.Good, "Where?", "In Lisbon [1].", [new Passage(1, Passages.Chunk("other.md", "The archive lies in Lisbon."), 1)]);
        await store.AddAsync(rating);
        await store.AddAsync(other);

        Assert.Equal(1, await store.ForgetDocumentAsync("doc1.md"));
        Assert.Equal(0, await store.ForgetDocumentAsync("doc1.md"));

        var left = await ListAsync(store, new());
        AssertSame(Kept(rating).Forget(), left[0]);
        AssertSame(Kept(other), left[1]);
        Assert.Equal(("doc1.md#1", ""), (left[0].Answer.Passages[0].Chunk.Id, left[0].Answer.Passages[0].Chunk.Text));
        Assert.DoesNotContain("Crane", JsonSerializer.Serialize(left[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_a_document_of_an_earlier_answer_takes_the_texts_too()
    {
        var store = await CreateAsync();
        await store.AddAsync(Founding("r1", Verdict.Good) with { EarlierDocuments = ["earlier.md"] });

        Assert.Equal(1, await store.ForgetDocumentAsync("earlier.md"));

        Assert.True(Assert.Single(await ListAsync(store, new())).Forgotten);
    }

    [Fact]
    public async Task A_citation_of_a_passage_that_is_not_there_is_refused()
    {
        var store = await CreateAsync();
        var rating = Founding("r1", Verdict.Good);

        await Assert.ThrowsAsync<ArgumentException>(() => store.AddAsync(rating with { Answer = rating.Answer with { Passages = [] } }));

        Assert.Empty(await ListAsync(store, new()));
    }

    [Fact]
    public async Task A_cancelled_call_changes_nothing()
    {
        var store = await CreateAsync();
        await store.AddAsync(Founding("r1", Verdict.Good));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AddAsync(Founding("r2", Verdict.Good), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.DeleteAsync("r1", cancellationToken: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ForgetDocumentAsync("doc1.md", cancellationToken: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ListAsync(cancellationToken: cancelled.Token).ToListAsync());

        AssertSame(Kept(Founding("r1", Verdict.Good)), Assert.Single(await ListAsync(store, new())));
    }

    private static Rating Founding(string id, Verdict verdict) => SampleRatings.Of(id, verdict, "Who founded the archive?", "Ada Crane founded it in 1987 [1].", Founded);

    private static async Task<List<Rating>> ListAsync(IRatingStore store, RatingFilter filter) => await store.ListAsync(filter).ToListAsync();

    private static Rating Kept(Rating rating)
    {
        var passages = rating.Answer.Passages.Select(p => p with { Chunk = Bare(p.Chunk) }).ToList();
        return rating with
        {
            Answer = rating.Answer with
            {
                Passages = passages,
                Citations = [.. rating.Answer.Citations.Select(c => c with { Chunk = Bare(c.Chunk) })],
                Conflicts = [.. rating.Answer.Conflicts.Select(c => c with { Chunk = Bare(c.Chunk) })],
            },
        };
    }

    // Stores may keep less of a chunk than there is, never more; what they may leave out is not compared.
    private static Chunk Bare(Chunk c) => new(c.Id, c.DocumentId, c.Text, c.Span) { Title = c.Title, Context = c.Context, Path = c.Path, Language = c.Language };

    private static void AssertSame(Rating expected, Rating actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(Kept(actual)));
}
