using Microsoft.Extensions.AI;

namespace Rag.Testing;

/// <summary>What every <see cref="IChatClient"/> of ours keeps, whatever model is behind it.</summary>
public abstract class ChatClientContract
{
    private static ChatOptions Options => new() { MaxOutputTokens = 24, Temperature = 0.9f, Seed = 7 };

    /// <summary>A client that answers any question with text that depends on nothing but the request. The test does not dispose it.</summary>
    protected abstract Task<IChatClient> CreateAsync();

    [Fact]
    public async Task Stream_holds_what_the_whole_answer_holds()
    {
        var client = await CreateAsync();

        var whole = await client.GetResponseAsync(Ask("What is a citation?"), Options, TestContext.Current.CancellationToken);
        var pieces = await CollectAsync(client, "What is a citation?", Options);

        Assert.Equal(whole.Text, string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(whole.FinishReason, pieces.Last(p => p.FinishReason is not null).FinishReason);
        Assert.Equal(whole.Usage!.OutputTokenCount, pieces.SelectMany(p => p.Contents).OfType<UsageContent>().Single().Details.OutputTokenCount);
        Assert.Single(pieces.Select(p => p.ResponseId).Distinct());
    }

    [Fact]
    public async Task Answer_says_its_model_and_what_it_took()
    {
        var client = await CreateAsync();
        var metadata = client.GetService<ChatClientMetadata>()!;

        var answer = await client.GetResponseAsync(Ask("Count."), Options, TestContext.Current.CancellationToken);

        Assert.Equal(metadata.DefaultModelId, answer.ModelId);
        Assert.False(string.IsNullOrEmpty(metadata.ProviderName));
        Assert.InRange(answer.Usage!.InputTokenCount!.Value, 2, 1000);
        Assert.Equal(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount);
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<IChatClient>("some key"));
    }

    [Fact]
    public async Task Answer_that_reaches_the_limit_ends_with_length()
    {
        var client = await CreateAsync();

        var answer = await client.GetResponseAsync(Ask("Tell a long story."), new() { MaxOutputTokens = 3, Temperature = 0.9f, Seed = 7 }, TestContext.Current.CancellationToken);

        Assert.Equal((ChatFinishReason.Length, 3), (answer.FinishReason!.Value, answer.Usage!.OutputTokenCount));
    }

    [Fact]
    public async Task Stop_sequence_ends_the_answer_before_it()
    {
        var client = await CreateAsync();
        var whole = (await client.GetResponseAsync(Ask("Speak."), Options, TestContext.Current.CancellationToken)).Text;
        var stop = whole.Substring(whole.Length / 2, 2);

        var answer = await client.GetResponseAsync(Ask("Speak."), new() { MaxOutputTokens = 24, Temperature = 0.9f, Seed = 7, StopSequences = [stop] }, TestContext.Current.CancellationToken);

        Assert.Equal((whole[..whole.IndexOf(stop, StringComparison.Ordinal)].TrimEnd(), ChatFinishReason.Stop), (answer.Text.TrimEnd(), answer.FinishReason!.Value));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_answer()
    {
        var client = await CreateAsync();

        // one after another: a GPU rounds differently for one text and for several at once
        var first = await client.GetResponseAsync(Ask("Anything?"), Options, TestContext.Current.CancellationToken);
        var second = await client.GetResponseAsync(Ask("Anything?"), Options, TestContext.Current.CancellationToken);

        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task Parallel_requests_get_their_own_answers()
    {
        var client = await CreateAsync();
        string[] questions = ["What is one?", "And two?", "Say three.", "Four?", "Five, please."];
        var alone = new List<string>();
        foreach (var question in questions)
        {
            alone.Add((await client.GetResponseAsync(Ask(question), new() { MaxOutputTokens = 12, Temperature = 0 }, TestContext.Current.CancellationToken)).Text);
        }

        var together = await Task.WhenAll(questions.Select(q => client.GetResponseAsync(Ask(q), new() { MaxOutputTokens = 12, Temperature = 0 }, TestContext.Current.CancellationToken)));

        Assert.Equal(alone, together.Select(a => a.Text));
    }

    [Fact]
    public async Task Cancellation_throws_before_and_while_the_answer_is_written()
    {
        var client = await CreateAsync();
        using var before = new CancellationTokenSource();
        await before.CancelAsync();
        using var during = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Ask("Hello"), Options, before.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Ask("Hello"), new() { MaxOutputTokens = 200, Temperature = 0.9f, Seed = 7 }, during.Token))
            {
                await during.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Request_leaves_messages_and_options_as_they_were()
    {
        var client = await CreateAsync();
        var messages = Ask("Hello").ToList();
        var options = new ChatOptions { MaxOutputTokens = 4, Instructions = "Be brief.", Seed = 1 };

        await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);

        Assert.Equal("Hello", Assert.Single(messages).Text);
        Assert.Equal(("Be brief.", 4), (options.Instructions, options.MaxOutputTokens));
    }

    private protected static IEnumerable<ChatMessage> Ask(string question) => [new(ChatRole.User, question)];

    private static async Task<List<ChatResponseUpdate>> CollectAsync(IChatClient client, string question, ChatOptions options)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(Ask(question), options, TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        return updates;
    }
}
