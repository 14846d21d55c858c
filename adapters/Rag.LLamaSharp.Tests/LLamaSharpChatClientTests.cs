using System.Text;
using LLama;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;
using LLama.Sampling;
using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.LLamaSharp.Tests;

public sealed class LLamaSharpChatClientContractTests : ChatClientContract, IDisposable
{
    private readonly LLamaSharpChatClient _client = new(TestWeights.Chat, TestWeights.Parameters);

    public void Dispose() => _client.Dispose();

    protected override Task<IChatClient> CreateAsync() => Task.FromResult<IChatClient>(_client);
}

public sealed class LLamaSharpChatClientTests : IDisposable
{
    private static readonly LLamaToken End = TestWeights.Chat.Vocab.EOS!.Value;

    private readonly LLamaSharpChatClient _client = new(TestWeights.Chat, TestWeights.Parameters);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Greedy_text_is_that_of_the_librarys_executor()
    {
        foreach (var question in TestWeights.Texts(4))
        {
            var answer = await _client.GetResponseAsync(question, new() { Temperature = 0, MaxOutputTokens = 40 }, TestContext.Current.CancellationToken);

            Assert.Equal(await LibraryTextAsync(TestWeights.Chat, null, question, 40), answer.Text);
            Assert.NotEmpty(answer.Text);
        }
    }

    [Fact]
    public async Task Greedy_texts_of_eight_at_once_are_those_of_the_librarys_executor()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 8 });
        var questions = TestWeights.Texts(8);

        var answers = await Task.WhenAll(questions.Select(q => client.GetResponseAsync(q, new() { Temperature = 0, MaxOutputTokens = 40 }, TestContext.Current.CancellationToken)));

        for (var i = 0; i < questions.Count; i++)
        {
            Assert.Equal(await LibraryTextAsync(TestWeights.Chat, null, questions[i], 40), answers[i].Text);
        }
    }

    [Fact]
    public async Task Stories_of_eight_at_once_are_those_of_the_librarys_executor()
    {
        using var weights = TestWeights.Stories();
        using var client = new LLamaSharpChatClient(weights, TestWeights.Parameters with { SeqMax = 8 }, template: "chatml");
        var questions = TestWeights.Texts(8);

        var answers = await Task.WhenAll(questions.Select(q => client.GetResponseAsync(q, new() { Temperature = 0, MaxOutputTokens = 60 }, TestContext.Current.CancellationToken)));

        for (var i = 0; i < questions.Count; i++)
        {
            Assert.Equal(await LibraryTextAsync(weights, "chatml", questions[i], 60), answers[i].Text);
        }
    }

    [Fact]
    public async Task Characters_of_several_tokens_come_whole()
    {
        const string Text = "Grüße, 漢字 and 🦙🦙!";
        var tokens = Tokens(Text);
        Assert.True(tokens.Length > Text.Length, "the vocabulary should write these characters byte by byte");

        var updates = await StreamAsync([.. tokens, End]);

        Assert.Equal($" {Text}", string.Concat(updates.Select(u => u.Text))); // SentencePiece puts a space before a text
        Assert.DoesNotContain(updates, u => u.Text.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Contains(updates, u => u.Text == "🦙");
    }

    [Fact]
    public async Task End_token_ends_the_answer_and_is_not_counted()
    {
        var updates = await StreamAsync([.. Tokens("one two"), End, .. Tokens("three")]);

        var usage = Assert.Single(updates.SelectMany(u => u.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((" one two", ChatFinishReason.Stop), (string.Concat(updates.Select(u => u.Text)), updates[^1].FinishReason));
        Assert.Equal(Tokens("one two").Length, usage.OutputTokenCount);
        Assert.Equal(1 + TestWeights.Chat.Tokenize("<|im_start|>user\nGo on.<|im_end|>\n<|im_start|>assistant\n", false, true, Encoding.UTF8).Length, usage.InputTokenCount);
    }

    [Theory]
    [InlineData("the end is near, they said", "the", "")]
    [InlineData("a stop across tokens: ###, and more", "###", "a stop across tokens: ")]
    [InlineData("almost ## but not quite", "###", "almost ## but not quite")]
    [InlineData("ends with the beginning of one ##", "###", "ends with the beginning of one ##")]
    public async Task Stop_sequence_is_never_shown(string text, string stop, string shown)
    {
        var updates = await StreamAsync([.. Tokens(text), End], new() { StopSequences = [stop] });

        Assert.Equal($" {shown}", string.Concat(updates.Select(u => u.Text)));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
    }

    [Fact]
    public async Task Answer_ends_where_the_requests_part_of_the_context_is_full()
    {
        var part = (int)TestWeights.Parameters.ContextSize! / 4;

        var answer = await _client.GetResponseAsync("Go on.", Script(Enumerable.Repeat(Tokens("a")[0], 10_000)), TestContext.Current.CancellationToken);

        Assert.Equal((ChatFinishReason.Length, part), (answer.FinishReason, (int)answer.Usage!.TotalTokenCount!));
    }

    [Fact]
    public async Task Prompt_that_leaves_no_room_is_refused_with_the_numbers()
    {
        var text = string.Concat(Enumerable.Repeat("q", 600));

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _client.GetResponseAsync(text, null, TestContext.Current.CancellationToken));

        var tokens = 1 + TestWeights.Chat.Tokenize($"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n", false, true, Encoding.UTF8).Length;
        Assert.StartsWith($"The prompt has {tokens} tokens, and a request may take 512, the answer included.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_choose_the_tokens()
    {
        async Task<string> TextAsync(ChatOptions options) => (await _client.GetResponseAsync("Speak.", options, TestContext.Current.CancellationToken)).Text;

        var greedy = await TextAsync(new() { Temperature = 0, MaxOutputTokens = 20 });

        Assert.Equal(greedy, await TextAsync(new() { Temperature = 5, TopK = 1, Seed = 3, MaxOutputTokens = 20 }));
        Assert.Equal(greedy, await TextAsync(new() { Temperature = 1, TopP = 0, Seed = 3, MaxOutputTokens = 20 }));
        Assert.NotEqual(await TextAsync(new() { Temperature = 2, Seed = 1, MaxOutputTokens = 20 }), await TextAsync(new() { Temperature = 2, Seed = 2, MaxOutputTokens = 20 }));
    }

    [Fact]
    public async Task Grammar_of_a_pipeline_of_the_callers_holds()
    {
        var options = new ChatOptions { MaxOutputTokens = 8, RawRepresentationFactory = _ => new GreedySamplingPipeline { Grammar = new("root ::= \"yes\" | \"no\"", "root") } };

        var answer = await _client.GetResponseAsync("Is it?", options, TestContext.Current.CancellationToken);

        Assert.Contains(answer.Text, (string[])["yes", "no"]);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused_with_a_sentence()
    {
        ChatOptions[] refused =
        [
            new() { Tools = [AIFunctionFactory.Create(() => "noon", "clock")] },
            new() { ResponseFormat = ChatResponseFormat.Json },
            new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<string>() },
        ];
        foreach (var options in refused)
        {
            var error = await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync("Hello", options, TestContext.Current.CancellationToken));
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync(new ChatMessage(ChatRole.User, [new UriContent("file:///x.png", "image/png")]), null, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync(new ChatMessage(ChatRole.Tool, "noon"), null, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _client.GetResponseAsync("Hello", new() { MaxOutputTokens = 0 }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.GetResponseAsync("Hello", new() { StopSequences = [""] }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Context_that_cannot_be_had_is_an_exception()
    {
        var impossible = TestWeights.Parameters with { TypeV = GGMLType.GGML_TYPE_Q4_0, FlashAttention = false };

        Assert.Contains("makes no context of 2048 tokens for 4 sequences", Assert.Throws<RuntimeError>(() => new LLamaSharpChatClient(TestWeights.Chat, impossible)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 65 }));
    }

    [Fact]
    public async Task Weights_stay_the_callers()
    {
        new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters).Dispose();

        Assert.Same(TestWeights.Chat, _client.GetService<LLamaWeights>());
        Assert.NotEmpty((await _client.GetResponseAsync("Hello", new() { Temperature = 0, MaxOutputTokens = 4 }, TestContext.Current.CancellationToken)).Text);
    }

    private static async Task<string> LibraryTextAsync(LLamaWeights weights, string? template, string question, int tokens)
    {
        var written = (template is null ? new LLamaTemplate(weights) : new LLamaTemplate(template));
        written.AddAssistant = true;
        var prompt = Encoding.UTF8.GetString(written.Add("user", question).Apply());
        var executor = new StatelessExecutor(weights, TestWeights.Parameters with { SeqMax = 1 });
        using var greedy = new GreedySamplingPipeline();
        var text = new StringBuilder();
        await foreach (var piece in executor.InferAsync(prompt, new InferenceParams { MaxTokens = tokens, SamplingPipeline = greedy }, TestContext.Current.CancellationToken))
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    private static LLamaToken[] Tokens(string text) => TestWeights.Chat.Tokenize(text, false, false, Encoding.UTF8);

    private static ChatOptions Script(IEnumerable<LLamaToken> script) => new() { RawRepresentationFactory = _ => new ScriptedPipeline(script) };

    private async Task<List<ChatResponseUpdate>> StreamAsync(LLamaToken[] script, ChatOptions? options = null)
    {
        options ??= new();
        options.RawRepresentationFactory = Script(script).RawRepresentationFactory;
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _client.GetStreamingResponseAsync("Go on.", options, TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        return updates;
    }
}
