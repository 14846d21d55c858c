using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class AnswerBudgetTests
{
    private const string Good = "The ferry leaves at noon. [1]";
    private static readonly IReadOnlyList<Passage> Ferry = Passages.Of("The ferry leaves at noon. It carries 40 cars.");

    [Fact]
    public async Task Prompt_beyond_the_tokens_is_not_sent_and_the_reason_says_limit_and_use()
    {
        var client = new ScriptedChatClient(Good);

        var answer = await AskAsync(client, new() { MaxTokens = 100 });

        AnswerContract.Check(answer);
        Assert.Equal(0, client.Calls);
        Assert.Matches(@"^The budget of 100 tokens is not enough: 0 are used, and the next prompt has about \d+ and needs some for the answer\. ", answer.Reason);
    }

    [Fact]
    public async Task Answer_may_take_the_tokens_that_the_prompt_leaves()
    {
        var client = new ScriptedChatClient(Good);

        var answer = await AskAsync(client, new() { MaxTokens = 600 });

        Assert.Equal(Good, answer.Text);
        Assert.InRange(client.Options!.MaxOutputTokens!.Value, 100, 500);
        Assert.Equal(600, client.Options.MaxOutputTokens + answer.Usage.PromptTokens);
    }

    [Fact]
    public async Task Money_limits_what_is_written_at_the_price_of_both_kinds_of_tokens()
    {
        var client = new ScriptedChatClient(Good);

        var answer = await AskAsync(client, new() { Price = new(1, 10), MaxCost = 0.002m });

        Assert.Equal(Good, answer.Text);
        // at these prices the tokens left are a tenth of 2,000 less the prompt's
        Assert.Equal((2000 - answer.Usage.PromptTokens) / 10, client.Options!.MaxOutputTokens);
    }

    [Fact]
    public async Task Prompt_beyond_the_money_is_not_sent()
    {
        var client = new ScriptedChatClient(Good);

        var answer = await AskAsync(client, new() { Price = new(1000, 0), MaxCost = 0.01m });

        Assert.Equal(0, client.Calls);
        Assert.Matches(@"^The budget of 0\.01 is not enough: 0 is used, and the next prompt costs about 0\.\d+ before the answer\. ", answer.Reason);
    }

    [Fact]
    public async Task First_answer_stands_where_nothing_is_left_to_write_it_again()
    {
        var client = new ScriptedChatClient(Good + " It carries 50 cars. [1]") { Usage = new() { InputTokenCount = 500, OutputTokenCount = 20 } };

        var answer = await AskAsync(client, new() { MaxTokens = 900 }, UnsupportedSentences.Repair);

        AnswerContract.Check(answer);
        Assert.Equal((1, Good, new TokenUsage(500, 20)), (client.Calls, answer.Text, answer.Usage));
    }

    [Fact]
    public async Task Refused_second_try_says_what_the_first_has_used()
    {
        var client = new ScriptedChatClient("It carries 50 cars. [1]") { Usage = new() { InputTokenCount = 500, OutputTokenCount = 20 } };

        var answer = await AskAsync(client, new() { MaxTokens = 900 }, UnsupportedSentences.Repair);

        Assert.Equal((1, new TokenUsage(500, 20)), (client.Calls, answer.Usage));
        Assert.StartsWith("The budget of 900 tokens is not enough: 520 are used,", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_no_model_reports_are_estimated()
    {
        var answer = await AskAsync(new ScriptedChatClient(Good), new());

        Assert.InRange(answer.Usage.PromptTokens, 200, 500);
        Assert.InRange(answer.Usage.CompletionTokens, 7, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Request_stays_within_any_budget_that_an_obedient_model_heeds(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
        {
            var budget = random.Next(2) == 0
                ? new Budget { MaxTokens = random.Next(1, 3000) }
                : new Budget { MaxCost = random.Next(1, 3000) / 1000m, Price = new(random.Next(1, 2000), random.Next(0, 2000)) };

            var answer = await new RagPipeline(ScriptedRetriever.Finding(Ferry), new ChatAnswerGenerator(new GreedyChatClient()), new CitationVerifier(new() { Unsupported = UnsupportedSentences.Repair })).AskAsync(new Query("When?"), new AskOptions { Budget = budget });

            AnswerContract.Check(answer);
            Assert.True(answer.Usage.PromptTokens + answer.Usage.CompletionTokens <= (budget.MaxTokens ?? int.MaxValue), $"{answer.Usage} of {budget}");
            Assert.True(budget.Price.CostOf(answer.Usage) <= (budget.MaxCost ?? decimal.MaxValue), $"{answer.Usage} of {budget}");
        }
    }

    [Fact]
    public void Budget_and_price_refuse_what_is_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Budget { MaxTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Budget { MaxCost = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenPrice(-1, 0));
        Assert.Equal(0.0035m, new TokenPrice(3, 15).CostOf(new(1000, 33)) + 0.000005m);
    }

    private static Task<Answer> AskAsync(ScriptedChatClient client, Budget budget, UnsupportedSentences unsupported = UnsupportedSentences.Drop) =>
        new RagPipeline(ScriptedRetriever.Finding(Ferry), new ChatAnswerGenerator(client), new CitationVerifier(new() { Unsupported = unsupported }), new() { Budget = budget }).AskAsync("When does the ferry leave?");

    /// <summary>Takes every token that it is allowed, and counts prompts as they are estimated.</summary>
    private sealed class GreedyChatClient : IChatClient
    {
        private static readonly ApproximateTokenCounter Counter = new();

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return new(ChatRole.Assistant, "The ferry leaves at noon. [1] It carries 50 cars. [1]");
            yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = messages.Sum(m => Counter.Count(m.Text) + 5), OutputTokenCount = options!.MaxOutputTokens })]) { FinishReason = ChatFinishReason.Length };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
