using Rag.Citations;
using Rag.Conversations;

namespace Rag.Testing;

/// <summary>What every store of sessions must do.</summary>
public abstract class SessionStoreContract
{
    /// <summary>A fresh store of sessions about these documents.</summary>
    protected abstract Task<ISessionStore> CreateAsync(params Document[] documents);

    [Fact]
    public async Task A_session_begins_with_its_first_turn()
    {
        var store = await CreateAsync(Ledger);

        var empty = await store.GetAsync("s");
        Assert.Equal(("s", "", 0), (empty.Id, empty.Title, empty.Turns.Count));
        Assert.Empty(await store.ListAsync());

        var turn = await store.AddTurnAsync(empty, 0, Answered("How is\nLedger installed?"));

        Assert.Equal((1, 0, "How is Ledger installed?"), (turn.Id, turn.Parent, (await store.GetAsync("s")).Title));
        Assert.Equivalent(new StoredSession("s", "How is Ledger installed?", 1, turn.At), Assert.Single(await store.ListAsync()), strict: true);
    }

    [Theory]
    [InlineData("How is Ledger installed?")]
    [InlineData("\0 \ud800 \u0001 \"quoted\" <b> 🦙 为什么")]
    public async Task A_turn_comes_back_as_it_was_added(string question)
    {
        var document = Ledger with
        {
            Path = "/files/ledger.md",
            Language = "en",
            Pages = new([0, 20], names: ["Prices", ""]),
            Lines = new([0, 20, 40]),
            Boxes = new([new(new(0, 6), new(1, 1, 2, 3, 4)), new(new(25, 30), new(2, 5, 6, 7, 8))]),
            Tags = new Dictionary<string, string> { ["product"] = "ledger\ud800" },
        };
        var store = await CreateAsync(document);
        var answer = Answered(question, "It runs without a licence [1]. Ledger is installed by a wizard [1].", document) with
        {
            Searched = question + "!",
            Confidence = 0.25,
            Usage = new(3, 4),
            Timings = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(4)),
        };
        var conflict = new SourceConflict(answer.Sentences[1].Span, 2, answer.Passages[1].Chunk, new(33, 35), "It");
        answer = answer with { Conflicts = [conflict] };
        AnswerContract.Check(answer);

        var turn = await store.AddTurnAsync(new("s"), 0, answer);

        var stored = Assert.Single((await store.GetAsync("s")).Turns);
        Assert.Equivalent(turn, stored, strict: true);
        Assert.Equivalent(answer, stored.Answer, strict: true);
        AnswerContract.Check(stored.Answer with { Passages = answer.Passages, Citations = [.. stored.Answer.Citations.Select(c => c with { Chunk = answer.Passages.Single(p => p.Number == c.Number).Chunk })] });
    }

    [Fact]
    public async Task An_abstention_comes_back_too()
    {
        var store = await CreateAsync(Ledger);

        await store.AddTurnAsync(new("s"), 0, Answer.Unanswered("Why?", "Nothing was found."));

        Assert.Equivalent(Answer.Unanswered("Why?", "Nothing was found."), (await store.GetAsync("s")).Turns[0].Answer, strict: true);
    }

    [Fact]
    public async Task Turns_make_a_tree_and_nothing_is_overwritten()
    {
        var store = await CreateAsync(Ledger);
        foreach (var (parent, question) in ((int, string)[])[(0, "one"), (1, "two"), (2, "three"), (1, "two, in other words"), (4, "three again")])
        {
            await store.AddTurnAsync(await store.GetAsync("s"), parent, Answered(question));
        }

        var session = await store.GetAsync("s");

        Assert.Equal(["one", "two", "three", "two, in other words", "three again"], session.Turns.Select(t => t.Answer.Question));
        Assert.Equal([1, 4, 5], session.Branch().Select(t => t.Id));
        Assert.Equal([1, 2, 3], session.Branch(3).Select(t => t.Id));
        Assert.Empty(session.Branch(0));
        Assert.Throws<ArgumentException>(() => session.Branch(6));
        Assert.Throws<ArgumentException>(() => session.Branch(-1));
    }

    [Fact]
    public async Task A_turn_behind_one_that_is_not_there_is_refused()
    {
        var store = await CreateAsync(Ledger);
        await store.AddTurnAsync(new("s"), 0, Answered("one"));

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await store.AddTurnAsync(await store.GetAsync("s"), 2, Answered("three")));
        await Assert.ThrowsAsync<ArgumentException>(() => store.AddTurnAsync(new("none"), 1, Answered("two")));

        Assert.StartsWith("The session 's' has no turn 2; it has the turns 1 to 1.", error.Message, StringComparison.Ordinal);
        Assert.Single((await store.GetAsync("s")).Turns);
        Assert.Single(await store.ListAsync());
    }

    [Fact]
    public async Task Fork_copies_a_branch_into_a_session_of_its_own()
    {
        var store = await CreateAsync(Ledger);
        foreach (var (parent, question) in ((int, string)[])[(0, "one"), (1, "two"), (1, "two, in other words")])
        {
            await store.AddTurnAsync(await store.GetAsync("s"), parent, Answered(question));
        }

        var session = await store.GetAsync("s");
        Assert.True(await store.ForkAsync(session, 3, "other"));
        Assert.False(await store.ForkAsync(session, 1, "other"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ForkAsync(session, 4, "third"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ForkAsync(new("none"), 1, "third"));
        await store.AddTurnAsync(session, 3, Answered("three"));

        var other = await store.GetAsync("other");
        Assert.Equal([(1, 0, "one"), (2, 1, "two, in other words")], other.Turns.Select(t => (t.Id, t.Parent, t.Answer.Question)));
        Assert.Equal(4, (await store.GetAsync("s")).Turns.Count);
        Assert.Equal(2, (await store.ListAsync()).Count);
    }

    [Fact]
    public async Task Titles_and_summaries_can_be_set()
    {
        var store = await CreateAsync(Ledger);
        await store.AddTurnAsync(new("s"), 0, Answered("one"));
        await store.AddTurnAsync(await store.GetAsync("s"), 1, Answered("two"));

        Assert.True(await store.SetTitleAsync("s", "Installation"));
        Assert.False(await store.SetTitleAsync("none", "Installation"));
        await store.SetSummaryAsync(await store.GetAsync("s"), 1, "One was asked.");
        await store.SetSummaryAsync(new("none"), 1, "One was asked.");

        var session = await store.GetAsync("s");
        Assert.Equal(("Installation", "One was asked.", null), (session.Title, session.Turns[0].Summary, session.Turns[1].Summary));
        Assert.Equal("Installation", Assert.Single(await store.ListAsync()).Title);
    }

    [Fact]
    public async Task Delete_leaves_nothing_of_a_session_and_the_name_is_free()
    {
        var store = await CreateAsync(Ledger);
        await store.AddTurnAsync(new("s"), 0, Answered("one"));
        await store.AddTurnAsync(new("other"), 0, Answered("kept"));

        Assert.True(await store.DeleteAsync("s"));
        Assert.False(await store.DeleteAsync("s"));

        Assert.Empty((await store.GetAsync("s")).Turns);
        Assert.Equal(["other"], (await store.ListAsync()).Select(s => s.Id));
        Assert.Equal(1, (await store.AddTurnAsync(await store.GetAsync("s"), 0, Answered("two"))).Id);
        Assert.Equal("two", (await store.GetAsync("s")).Title);
    }

    [Fact]
    public async Task Tenants_never_see_each_other()
    {
        var store = await CreateAsync(Ledger, Ledger with { Tenant = "b" });
        await store.AddTurnAsync(new("s"), 0, Answered("of nobody"));
        await store.AddTurnAsync(new("s") { Tenant = "b" }, 0, Answered("of b"));
        await store.AddTurnAsync(new("only") { Tenant = "b" }, 0, Answered("only of b"));

        Assert.Equal(["s"], (await store.ListAsync()).Select(s => s.Id));
        Assert.Equal(["only", "s"], (await store.ListAsync("b")).Select(s => s.Id).Order(StringComparer.Ordinal));
        Assert.Equal("of b", (await store.GetAsync("s", "b")).Turns.Single().Answer.Question);
        Assert.Empty((await store.GetAsync("only")).Turns);
        Assert.False(await store.DeleteAsync("only"));
        Assert.False(await store.SetTitleAsync("only", "mine"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ForkAsync(new("only"), 1, "stolen"));
        Assert.True(await store.DeleteAsync("s", "b"));
        Assert.Single((await store.GetAsync("s")).Turns);
    }

    [Fact]
    public async Task Many_askers_at_once_lose_no_turn()
    {
        var store = await CreateAsync(Ledger);
        await store.AddTurnAsync(new("s"), 0, Answered("first"));
        var session = await store.GetAsync("s");

        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => store.AddTurnAsync(session, 1, Answered($"question {i}")))));

        Assert.Equal(Enumerable.Range(2, 20), turns.Select(t => t.Id).Order());
        Assert.Equal(turns.OrderBy(t => t.Id).Select(t => t.Answer.Question), (await store.GetAsync("s")).Turns.Skip(1).Select(t => t.Answer.Question));
    }

    [Fact]
    public async Task Cancelled_calls_throw_and_change_nothing()
    {
        var store = await CreateAsync(Ledger);
        await store.AddTurnAsync(new("s"), 0, Answered("one"));
        var session = await store.GetAsync("s");
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ListAsync(cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.GetAsync("s", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AddTurnAsync(session, 1, Answered("two"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ForkAsync(session, 1, "other", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SetSummaryAsync(session, 1, "x", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SetTitleAsync("s", "x", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.DeleteAsync("s", cancellationToken: cancelled));

        Assert.Equivalent(session, await store.GetAsync("s"), strict: true);
        Assert.Single(await store.ListAsync());
    }

    private static Document Ledger => Corpus.Text("ledger.md", "Ledger is installed by a wizard.", "It runs without a licence.");

    private static Answer Answered(string question) => Answered(question, "Ledger is installed by a wizard [1].", Ledger);

    private static Answer Answered(string question, string text, Document document) =>
        new CitationVerifier().Verify(question, text, [.. Corpus.Chunks(document).Select((c, i) => new Passage(i + 1, c.Chunk, 1.5 - i))]);
}
