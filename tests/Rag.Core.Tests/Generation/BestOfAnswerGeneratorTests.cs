using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class BestOfAnswerGeneratorTests
{
    private static readonly IReadOnlyList<Passage> Ferry = Passages.Of("The ferry leaves at noon. It carries 40 cars.", "The harbour has two cranes.");

    [Theory]
    [InlineData(1, "It carries 50 cars. [1]|The ferry leaves at noon. [1]", "It carries 50 cars. [1]")]
    [InlineData(2, "It carries 50 cars. [1]|The ferry leaves at noon. [1]", "The ferry leaves at noon. [1]")]
    [InlineData(3, "The ferry leaves at noon. [1] It carries 50 cars. [1]|UNANSWERABLE|The ferry leaves at noon. [1] It carries 40 cars. [1]", "The ferry leaves at noon. [1] It carries 40 cars. [1]")]
    [InlineData(3, "The old ferry leaves at noon. [1]|The ferry leaves at noon. [1]|It leaves at noon, the ferry. [1]", "The ferry leaves at noon. [1]")]
    [InlineData(2, "The harbour has two cranes. [2]|It carries 40 cars. [1]", "It carries 40 cars. [1]")]
    [InlineData(2, "It carries 40 cars. [1]|It carries 40 cars.", "It carries 40 cars. [1]")]
    public async Task The_draft_that_its_sources_bear_out_best_is_given(int drafts, string written, string best)
    {
        var client = new DraftingClient(written.Split('|'));

        var updates = await new BestOfAnswerGenerator(new ChatAnswerGenerator(client), drafts).GenerateAsync("How many cars does it carry?", Ferry).ToListAsync();

        Assert.Equal(best, Assert.Single(updates.OfType<AnswerUpdate.Words>()).Text);
        Assert.Equal(new TokenUsage(100 * drafts, 7 * drafts), Assert.Single(updates.OfType<AnswerUpdate.Used>()).Tokens);
    }

    [Fact]
    public async Task Drafts_after_the_first_are_written_at_a_temperature_with_seeds_of_their_own()
    {
        var client = new DraftingClient("a", "b", "c");

        await new BestOfAnswerGenerator(new ChatAnswerGenerator(client), 3).GenerateAsync("?", Ferry, new AskOptions { Chat = new() { Seed = 7, TopP = 0.5f } }).ToListAsync();

        Assert.Equal([(0f, 7L, 0.5f), (0.8f, 8L, 0.5f), (0.8f, 9L, 0.5f)], client.Options.OrderBy(o => o.Seed).Select(o => (o.Temperature!.Value, o.Seed!.Value, o.TopP!.Value)));
    }

    [Fact]
    public async Task Drafts_share_the_budget()
    {
        var client = new DraftingClient("a", "b");
        var pipeline = new RagPipeline(ScriptedRetriever.Finding(Ferry), new BestOfAnswerGenerator(new ChatAnswerGenerator(client), 2));

        var refused = await pipeline.AskAsync(new Query("?"), new AskOptions { Budget = new() { MaxTokens = 500 } });
        await pipeline.AskAsync(new Query("?"), new AskOptions { Budget = new() { MaxTokens = 1000 } });

        Assert.Contains("The budget of 250 tokens is not enough", refused.Reason, StringComparison.Ordinal);
        Assert.All(client.Options, o => Assert.InRange(o.MaxOutputTokens!.Value, 1, 499));
    }

    [Fact]
    public async Task A_judge_chooses_with_the_verifier()
    {
        var judge = new ScriptedJudge(c => c.Statement.Contains("noon", StringComparison.Ordinal) ? 0.2 : 1);

        var updates = await new BestOfAnswerGenerator(new ChatAnswerGenerator(new DraftingClient("The ferry leaves at noon. [1]", "The harbour has two cranes. [2]")), 2, new CitationVerifier(judge: judge)).GenerateAsync("When does the ferry leave?", Ferry).ToListAsync();

        Assert.Equal("The harbour has two cranes. [2]", Assert.Single(updates.OfType<AnswerUpdate.Words>()).Text);
    }

    [Fact]
    public async Task All_abstentions_are_one()
    {
        var updates = await new BestOfAnswerGenerator(new ChatAnswerGenerator(new DraftingClient("UNANSWERABLE")), 3).GenerateAsync("Why?", Ferry).ToListAsync();

        Assert.Equal(["The model finds no answer in the passages."], updates.OfType<AnswerUpdate.Abstention>().Select(a => a.Reason));
    }

    [Fact]
    public async Task When_time_is_short_the_best_of_what_is_written_counts()
    {
        var time = new ManualTime();
        using var whole = new SemaphoreSlim(0);
        var verifier = new CitationVerifier(judge: new ScriptedJudge(_ => 1 - (0 * whole.Release()))); // asked when a draft is whole
        var client = new DraftingClient("It carries 40 cars. [1]", "never", "never") { Hangs = "never" };
        var pipeline = new RagPipeline(ScriptedRetriever.Finding(Ferry), new BestOfAnswerGenerator(new ChatAnswerGenerator(client), 3, verifier, time), time: time);

        var asking = pipeline.AskAsync(new Query("How many cars?"), new AskOptions { Budget = new() { Timeout = TimeSpan.FromSeconds(10) } });
        await whole.WaitAsync();
        time.Advance(TimeSpan.FromSeconds(9));
        var answer = await asking;

        Assert.Equal("It carries 40 cars. [1]", answer.Text);
        AnswerContract.Check(answer);
    }

    [Fact]
    public async Task Where_no_draft_is_written_the_first_failure_is_thrown_and_cancellation_throws()
    {
        var broken = new BestOfAnswerGenerator(new ChatAnswerGenerator(new ScriptedChatClient("x") { Before = _ => throw new HttpRequestException("down") }), 2);
        var good = new BestOfAnswerGenerator(new ChatAnswerGenerator(new DraftingClient("x")), 2);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await broken.GenerateAsync("?", Ferry).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await good.GenerateAsync("?", Ferry, cancellationToken: new CancellationToken(true)).ToListAsync());
        Assert.Throws<ArgumentOutOfRangeException>(() => new BestOfAnswerGenerator(new ExtractiveAnswerGenerator(), 0));
    }

    /// <summary>Writes one draft a seed; the last one also for all higher seeds.</summary>
    private sealed class DraftingClient(params string[] drafts) : IChatClient
    {
        private readonly List<ChatOptions> _options = [];

        public string? Hangs { get; init; }

        public IReadOnlyList<ChatOptions> Options => _options;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            lock (_options)
            {
                _options.Add(options!);
            }

            var draft = drafts[Math.Min(drafts.Length - 1, (int)(options!.Seed ?? 0) % 7)];
            if (draft == Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, draft);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 100, OutputTokenCount = 7 })]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
