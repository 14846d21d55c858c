using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class ContextWindowTests
{
    private const string Good = "The ferry leaves at noon. [1]";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Prompt_and_answer_never_exceed_the_window(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
        {
            var window = random.Next(256, 2000);
            var client = new SmallChatClient(window);
            var passages = Passages.Of([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Prose(random))]);
            var examples = Enumerable.Range(0, random.Next(4)).Select(n => new AnswerExample($"Ferry {n}?", [new("a.md", Prose(random))], "Yes. [1]")).ToList();

            var answer = await new RagPipeline(ScriptedRetriever.Finding(passages), new ChatAnswerGenerator(client)).AskAsync(new Query("When does the ferry leave?"), new AskOptions { Examples = examples });

            AnswerContract.Check(answer);
            Assert.True(client.Sent + client.Allowed <= window, $"{client.Sent} and {client.Allowed} in {window}");
            Assert.Equal(client.Sent == 0, answer.Passages.Count == 0);
            Assert.All(answer.Passages, p => Assert.Equal(p.Chunk.Text, p.Chunk.Span.Shift(-passages.Single(q => q.Chunk.Id == p.Chunk.Id).Chunk.Span.Start).Of(passages.Single(q => q.Chunk.Id == p.Chunk.Id).Chunk.Text)));
        }
    }

    [Fact]
    public async Task Passage_longer_than_the_window_is_cut_at_sentences_around_the_nearest()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"Crane number {i} is yellow."));
        var passage = Passages.Of($"{filler} The ferry leaves at noon. {filler}");
        var client = new SmallChatClient(700);

        var answer = await new RagPipeline(ScriptedRetriever.Finding(passage), new ChatAnswerGenerator(client)).AskAsync("When does the ferry leave?");

        AnswerContract.Check(answer);
        Assert.Equal((Good, "The ferry leaves at noon."), (answer.Text, answer.Citations[0].Quote));
        var given = Assert.Single(answer.Passages).Chunk;
        Assert.Matches("^Crane number .*yellow\\. The ferry leaves at noon\\. Crane .* is yellow\\.$", given.Text);
        Assert.True(passage[0].Chunk.Span.Contains(given.Span));
        // filled as far as sentences go, with a quarter kept for the answer
        Assert.InRange(client.Sent, 480, 525);
    }

    [Fact]
    public async Task Window_that_does_not_hold_the_instructions_is_an_abstention_with_the_sizes()
    {
        var client = new SmallChatClient(256);

        var answer = await new RagPipeline(ScriptedRetriever.Finding(Passages.Of("The ferry leaves at noon.")), new ChatAnswerGenerator(client)).AskAsync("When does the ferry leave?");

        AnswerContract.Check(answer);
        Assert.Equal(0, client.Sent);
        Assert.Matches(@"^The prompt has \d+ tokens, and the context holds 256 with 64 of them for the answer\. ", answer.Reason);
    }

    [Fact]
    public async Task Second_try_that_does_not_fit_leaves_the_first_answer()
    {
        var client = new SmallChatClient(600, Good + string.Concat(Enumerable.Range(50, 40).Select(n => $" It carries {n} cars. [1]")));

        var answer = await new RagPipeline(ScriptedRetriever.Finding(Passages.Of("The ferry leaves at noon.")), new ChatAnswerGenerator(client), new(new() { Unsupported = Rag.Citations.UnsupportedSentences.Repair })).AskAsync("When does the ferry leave?");

        AnswerContract.Check(answer);
        Assert.Equal((1, Good), (client.Calls, answer.Text));
    }

    private static string Prose(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(i => $"{(random.Next(3) == 0 ? "The ferry" : "A crane")} {string.Join(' ', Enumerable.Repeat("moves", random.Next(1, 20)))} at {i}."));

    /// <summary>A model with a small context that counts each four characters as a token.</summary>
    private sealed class SmallChatClient(int window, string reply = Good) : IChatClient, IContextWindow
    {
        private readonly ScriptedChatClient _inner = new(reply);

        public int Tokens => window;

        public int Sent { get; private set; }

        public int Allowed { get; private set; }

        public int Calls => _inner.Calls;

        public int Count(IEnumerable<ChatMessage> messages, ChatOptions? options = null) => messages.Sum(m => (m.Text.Length / 4) + 8);

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _inner.GetResponseAsync(messages, options, cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            (Sent, Allowed) = (Count(messages), options!.MaxOutputTokens!.Value);
            return _inner.GetStreamingResponseAsync(messages, options, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose() => _inner.Dispose();
    }
}
