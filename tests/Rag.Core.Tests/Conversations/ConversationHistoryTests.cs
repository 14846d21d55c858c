using Microsoft.Extensions.AI;
using Rag.Conversations;
using Rag.Queries;
using Rag.Testing;

namespace Rag.Core.Tests.Conversations;

/// <summary>What of a long conversation the next question is read with.</summary>
public sealed class ConversationHistoryTests
{
    private readonly InMemorySessionStore _sessions = new();
    private readonly HistoryReader _reader = new();

    [Fact]
    public async Task A_short_conversation_is_read_in_full()
    {
        await AskAsync(1000, "How is Ledger installed?", "And on Windows?", "Who wrote it?");

        Assert.Equal(
            [(ChatRole.User, "How is Ledger installed?"), (ChatRole.Assistant, "Ledger is installed by a wizard. [1]"), (ChatRole.User, "And on Windows?"), (ChatRole.Assistant, "Ledger is installed by a wizard. [1]")],
            _reader.History.Select(m => (m.Role, m.Text)));
        Assert.All((await _sessions.GetAsync("s")).Turns, turn => Assert.Null(turn.Summary));
    }

    [Fact]
    public async Task Older_turns_are_a_summary_and_the_newest_stand_in_full()
    {
        await AskAsync(80, [.. Enumerable.Range(1, 12).Select(i => $"Question number {i}, please?")]);

        var (summary, rest) = (_reader.History[0], _reader.History.Skip(1).ToList());
        Assert.Equal((ChatRole.User, ChatQueryTransformer.SummaryAuthor), (summary.Role, summary.AuthorName));
        Assert.EndsWith("Question number 11, please?", rest[^2].Text, StringComparison.Ordinal);
        Assert.InRange(rest.Count / 2, 1, 5);
        var summed = 11 - (rest.Count / 2);
        Assert.Contains($"Question number {summed}, please?", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"Question number {summed + 1},", summary.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 30)]
    [InlineData(3, 150)]
    [InlineData(4, 1000)]
    public async Task The_history_never_has_more_tokens_than_it_may(int seed, int budget)
    {
        var random = new Random(seed);
        var tokens = new ApproximateTokenCounter();
        var summarizer = new ChattySummarizer();
        var pipeline = new ConversationPipeline(new(new ScriptedRetriever(Passage), new QuotingGenerator(), transformer: _reader), _sessions, summarizer, tokens, budget);
        for (var i = 0; i < 60; i++)
        {
            var session = await _sessions.GetAsync("s");
            await pipeline.AskAsync("s", new(RandomDocuments.Sentence(random, 1 + random.Next(random.Next(10) == 0 ? 300 : 12))), after: random.Next(4) == 0 ? random.Next(session.Turns.Count + 1) : null);

            Assert.InRange(_reader.History.Sum(m => tokens.Count(m.Text)), 0, budget);
            Assert.True(_reader.History.Count(m => m.AuthorName is not null) <= 1);
        }

        Assert.True(summarizer.Turns.Count == summarizer.Turns.Distinct().Count() || budget < 200, "A turn of a branch was summed up twice.");
    }

    [Fact]
    public async Task A_summary_is_made_once_for_several_turns_and_each_turn_is_summed_up_once()
    {
        var summarizer = new ChattySummarizer();
        var pipeline = new ConversationPipeline(new(new ScriptedRetriever(Passage), new QuotingGenerator()), _sessions, summarizer, historyTokens: 200);
        for (var i = 0; i < 100; i++)
        {
            await pipeline.AskAsync("s", new($"What is {i}?"));
        }

        Assert.Equal(summarizer.Turns.Distinct().Count(), summarizer.Turns.Count);
        Assert.InRange(summarizer.Calls, 5, 30);
        Assert.Equal(summarizer.Calls, (await _sessions.GetAsync("s")).Turns.Count(t => t.Summary is not null));
    }

    [Fact]
    public async Task A_fork_behind_the_summary_takes_it_over_and_one_before_it_does_not()
    {
        await AskAsync(80, [.. Enumerable.Range(1, 12).Select(i => $"Question number {i}, please?")]);
        var session = await _sessions.GetAsync("s");
        var summed = session.Turns.First(t => t.Summary is not null).Id;
        var pipeline = Pipeline(80);

        await pipeline.AskAsync("s", new("Forked?"), after: summed + 1);
        var behind = _reader.History;
        await pipeline.AskAsync("s", new("Forked?"), after: summed);
        var at = _reader.History;

        Assert.Equal(session.Turns[summed - 1].Summary, behind[0].Text);
        Assert.Equal(3, behind.Count);
        Assert.Equal($"Question number {summed}, please?", at[^2].Text);
    }

    [Fact]
    public async Task The_subject_of_a_long_talk_is_carried_by_the_summary()
    {
        var pipeline = new ConversationPipeline(new(new ScriptedRetriever(Passage), new QuotingGenerator(), transformer: new FollowUpTransformer()), _sessions, historyTokens: 200);
        await pipeline.AskAsync("s", new("How is the Zanzibar ledger installed?"));
        Turn turn = null!;
        for (var i = 0; i < 12; i++)
        {
            turn = await pipeline.AskAsync("s", new("And its price?"));
        }

        Assert.Contains((await _sessions.GetAsync("s")).Turns, t => t.Summary is not null);
        Assert.Contains("Zanzibar", turn.Answer.Searched, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_rewrites_questions_sees_the_summary_however_long_ago_it_was_made()
    {
        var client = new ScriptedChatClient("What does Ledger cost?");
        var pipeline = new ConversationPipeline(
            new(new ScriptedRetriever(Passage), new QuotingGenerator(), transformer: new ChatQueryTransformer(client, QueryTechnique.StandAlone)), _sessions, historyTokens: 150);
        for (var i = 0; i < 15; i++)
        {
            await pipeline.AskAsync("s", new($"Question number {i}?"));
        }

        Assert.Contains("\nsummary: Question number", client.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal("What does Ledger cost?", (await _sessions.GetAsync("s")).Turns[^1].Answer.Searched);
    }

    private static ScoredChunk Passage => new(Passages.Chunk("ledger.md", "Ledger is installed by a wizard."), 1);

    private ConversationPipeline Pipeline(int historyTokens) => new(new(new ScriptedRetriever(Passage), new QuotingGenerator(), transformer: _reader), _sessions, historyTokens: historyTokens);

    private async Task AskAsync(int historyTokens, params string[] questions)
    {
        var pipeline = Pipeline(historyTokens);
        foreach (var question in questions)
        {
            await pipeline.AskAsync("s", new(question));
        }
    }

    private sealed class HistoryReader : IQueryTransformer
    {
        public IReadOnlyList<ChatMessage> History { get; private set; } = [];

        public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
        {
            History = query.History;
            return Task.FromResult<IReadOnlyList<Query>>([query]);
        }
    }

    // Takes no notice of how long a summary may be, and remembers what it summed up.
    private sealed class ChattySummarizer : IConversationSummarizer
    {
        public List<int> Turns { get; } = [];

        public int Calls { get; private set; }

        public Task<string> SummarizeAsync(string? summary, IReadOnlyList<Turn> turns, int maxTokens, CancellationToken cancellationToken = default)
        {
            Calls++;
            Turns.AddRange(turns.Select(t => t.Id));
            return Task.FromResult(string.Join(' ', [summary, .. turns.Select(t => t.Answer.Question)]));
        }
    }
}
