using Rag.Conversations;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Conversations;

public sealed class ConversationPipelineTests
{
    private static readonly string[] Facts = ["The ferry leaves at noon.", "The harbour has two cranes.", "The museum opens at nine.", "The lighthouse is red."];

    private readonly InMemorySessionStore _sessions = new();

    [Fact]
    public async Task AskStreamingAsync_gives_what_the_pipeline_gives_and_keeps_the_answer_before_it_is_completed()
    {
        var updates = new List<AnswerUpdate>();
        await foreach (var update in Quoting().AskStreamingAsync("s", new("12")))
        {
            updates.Add(update);
            if (update is AnswerUpdate.Completed)
            {
                break; // a reader who has the answer reads no further
            }
        }

        Assert.Equal(2, Assert.IsType<AnswerUpdate.Retrieved>(updates[0]).Passages.Count);
        var completed = Assert.IsType<AnswerUpdate.Completed>(updates[^1]);
        Assert.Equal(completed.Answer.Text, string.Concat(updates.OfType<AnswerUpdate.Words>().Select(w => w.Text)));
        var turn = Assert.Single((await _sessions.GetAsync("s")).Turns);
        Assert.Equal((1, completed.Answer), (completed.Turn, turn.Answer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_question_that_is_cancelled_on_its_way_leaves_no_turn(int read)
    {
        using var cancelled = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Quoting().AskStreamingAsync("s", new("12"), cancellationToken: cancelled.Token))
            {
                if (--read == 0)
                {
                    await cancelled.CancelAsync();
                }
            }
        });

        Assert.Empty(await _sessions.ListAsync());
    }

    [Fact]
    public async Task A_passage_has_the_number_of_the_answer_that_was_given_it_first()
    {
        var first = await Quoting().AskAsync("s", new("12"));
        var second = await Quoting().AskAsync("s", new("324"));
        var third = await Quoting().AskAsync("s", new("41"));

        Assert.Equal("The ferry leaves at noon. [1] The harbour has two cranes. [2]", first.Answer.Text);
        Assert.Equal("The museum opens at nine. [3] The harbour has two cranes. [2] The lighthouse is red. [4]", second.Answer.Text);
        Assert.Equal("The lighthouse is red. [4] The ferry leaves at noon. [1]", third.Answer.Text);
        Assert.All([first, second, third], turn => AnswerContract.Check(turn.Answer));
        Assert.Equal([3, 2, 4], second.Answer.Passages.Select(p => p.Number));
    }

    [Fact]
    public async Task A_model_is_shown_the_numbers_of_the_conversation_and_its_marks_stream_as_they_stay()
    {
        var client = new ScriptedChatClient("The harbour has two cranes. [2] The ferry leaves at noon. [1]") { Later = ["The museum opens at nine. [3] The harbour has two cranes [1, 2]."] };
        var conversation = new ConversationPipeline(new(Finding(), new ChatAnswerGenerator(client)), _sessions);
        await conversation.AskAsync("s", new("12"));

        var updates = await conversation.AskStreamingAsync("s", new("32")).ToListAsync();

        var prompt = client.Messages[^1].Text;
        Assert.Contains(" [3] doc3.md\nThe museum", prompt, StringComparison.Ordinal);
        Assert.Contains(" [2] doc2.md\nThe harbour", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("[1]", prompt, StringComparison.Ordinal);
        Assert.Equal("The museum opens at nine. [3] The harbour has two cranes [2].", string.Concat(updates.OfType<AnswerUpdate.Words>().Select(w => w.Text)));
        Assert.Equal([3, 2], updates.OfType<AnswerUpdate.Completed>().Single().Answer.Citations.Select(c => c.Number));
    }

    [Fact]
    public async Task An_edited_question_stands_beside_the_first_and_only_its_own_branch_counts()
    {
        await Quoting().AskAsync("s", new("1"));
        var second = await Quoting().AskAsync("s", new("2"));
        await Quoting().AskAsync("s", new("3"));

        var edited = await Quoting().AskAsync("s", new("43"), after: second.Parent);
        var forked = await Quoting().AskAsync("s", new("34"), after: second.Id);
        var anew = await Quoting().AskAsync("s", new("4"), after: 0);

        Assert.Equal("The lighthouse is red. [2] The museum opens at nine. [3]", edited.Answer.Text);
        Assert.Equal("The museum opens at nine. [3] The lighthouse is red. [4]", forked.Answer.Text);
        Assert.Equal("The lighthouse is red. [1]", anew.Answer.Text);
        var session = await _sessions.GetAsync("s");
        Assert.Equal([0, 1, 2, 1, 2, 0], session.Turns.Select(t => t.Parent));
        Assert.Equal(["1", "2", "34"], session.Branch(forked.Id).Select(t => t.Answer.Question));
    }

    [Fact]
    public async Task A_chunk_with_other_words_by_now_is_another_passage()
    {
        var old = new ScriptedRetriever(new ScoredChunk(Passages.Chunk("guide.md", "The fee is 5 euros."), 1));
        var changed = new ScriptedRetriever(new ScoredChunk(Passages.Chunk("guide.md", "The fee is 6 euros."), 1));
        await new ConversationPipeline(new(old, new QuotingGenerator()), _sessions).AskAsync("s", new("Fee?"));

        var turn = await new ConversationPipeline(new(changed, new QuotingGenerator()), _sessions).AskAsync("s", new("Fee?"));

        Assert.Equal("The fee is 6 euros. [2]", turn.Answer.Text);
    }

    [Fact]
    public async Task A_follow_up_is_read_with_the_branch_it_is_asked_on()
    {
        var seen = new List<Query>();
        var conversation = new ConversationPipeline(new(Finding(seen), new QuotingGenerator(), transformer: new FollowUpTransformer()), _sessions);
        await conversation.AskAsync("s", new("How is Ledger installed 1?"));
        await conversation.AskAsync("s", new("How is Invoice Maker printed 1?"), after: 0);

        var turn = await conversation.AskAsync("s", new("And on Windows 2?"), after: 1);

        Assert.Equal("And on Windows 2 (Ledger installed 1)?", turn.Answer.Searched);
        Assert.Equal("And on Windows 2?", turn.Answer.Question);
        Assert.Equal(turn.Answer.Searched, seen[^1].Text);
    }

    [Fact]
    public async Task A_session_is_of_the_tenant_that_asks()
    {
        await Quoting().AskAsync("s", new("1") { Tenant = "a" });
        await Quoting().AskAsync("s", new("2") { Tenant = "b" });

        Assert.Equal("1", (await _sessions.GetAsync("s", "a")).Turns.Single().Answer.Question);
        Assert.Equal("The harbour has two cranes. [1]", (await _sessions.GetAsync("s", "b")).Turns.Single().Answer.Text);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_not_kept()
    {
        var conversation = Quoting();

        Assert.Throws<ArgumentException>(() => conversation.AskStreamingAsync("s", new(" ")));
        Assert.Throws<ArgumentException>(() => conversation.AskStreamingAsync("s", new(new string('x', RagPipeline.MaxQuestionLength + 1))));
        Assert.Throws<ArgumentException>(() => conversation.AskStreamingAsync(" ", new("1")));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => conversation.AskAsync("s", new("1"), after: 3));

        Assert.StartsWith("The session 's' has no turn 3; it has none.", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _sessions.ListAsync());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConversationPipeline(new(Finding(), new QuotingGenerator()), _sessions, historyTokens: 3));
    }

    private ConversationPipeline Quoting() => new(new(Finding(), new QuotingGenerator()), _sessions);

    // The digits of a question are the facts that are found, in their order.
    private static FactRetriever Finding(List<Query>? seen = null) => new(seen ?? []);

    private sealed class FactRetriever(List<Query> seen) : IRetriever
    {
        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            seen.Add(query);
            return Task.FromResult<IReadOnlyList<ScoredChunk>>([.. query.Text.Where(char.IsDigit).Distinct().Select((digit, i) => new ScoredChunk(Passages.Chunk($"doc{digit}.md", Facts[digit - '1']), 9 - i))]);
        }
    }
}
