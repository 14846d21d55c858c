using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

/// <summary>Models and passages that are not as one would have them.</summary>
public sealed class BadAnswerTests
{
    private static readonly IReadOnlyList<Passage> Ferry = Passages.Of("The ferry leaves at noon. It carries 40 cars.");

    [Fact]
    public async Task Model_that_never_stops_is_stopped_at_twice_its_tokens()
    {
        var pieces = 0;
        var client = new ScriptedChatClient([.. Enumerable.Repeat("The ferry leaves at noon. [1] ", 100_000)]) { Before = _ => Task.FromResult(++pieces) };

        var answer = await AskAsync(client, Ferry, "When does the ferry leave?");

        AnswerContract.Check(answer);
        Assert.Equal("The ferry leaves at noon. [1]", answer.Citations.Count == 0 ? "" : answer.Text[..29]);
        Assert.InRange(answer.Usage.CompletionTokens, 1024, 1050);
        Assert.InRange(pieces, 100, 1000);
    }

    [Fact]
    public async Task Model_that_only_thinks_is_stopped_and_the_reason_says_so()
    {
        var client = new ThinkingChatClient();

        var answer = await new RagPipeline(ScriptedRetriever.Finding(Ferry), new ChatAnswerGenerator(client)).AskAsync("When?");

        Assert.Equal("The model used its 512 tokens before it wrote an answer.", answer.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task Passage_without_text_leads_to_an_abstention(string text) => Assert.True((await AskAsync(new ScriptedChatClient("UNANSWERABLE"), Passages.Of(text), "When?")).Abstained);

    [Theory]
    [InlineData("渡船什么时候出发？", "渡船中午出发。[1]")]
    [InlineData("Когда отходит паром?", "Паром отходит в полдень. [1]")]
    [InlineData("Wann legt die Fähre ab?", "Die Fähre legt mittags ab. [1]")]
    public async Task Answer_in_another_language_than_its_source_is_not_passed_off_as_supported(string question, string reply)
    {
        var answer = await AskAsync(new ScriptedChatClient(reply), Ferry, question);

        AnswerContract.Check(answer);
        Assert.Equal((true, "No passage supports what the generator wrote."), (answer.Abstained, answer.Reason));
    }

    [Fact]
    public async Task Quotation_in_the_source_s_language_supports_an_answer_in_the_question_s()
    {
        var answer = await AskAsync(new ScriptedChatClient("Dort steht: \"The ferry leaves at noon.\" [1]"), Ferry, "Wann legt die Fähre ab?");

        AnswerContract.Check(answer);
        Assert.Equal(answer.Abstained, answer.Citations.Count == 0);
    }

    [Fact]
    public async Task Fault_of_the_model_in_the_middle_of_an_answer_is_thrown_as_it_is()
    {
        var pieces = 0;
        var client = new ScriptedChatClient("The ferry ", "leaves ") { Before = _ => ++pieces == 2 ? throw new IOException("The connection was lost.") : Task.CompletedTask };

        Assert.Equal("The connection was lost.", (await Assert.ThrowsAsync<IOException>(() => AskAsync(client, Ferry, "When?"))).Message);
    }

    private static Task<Answer> AskAsync(IChatClient client, IReadOnlyList<Passage> passages, string question) =>
        new RagPipeline(ScriptedRetriever.Finding(passages), new ChatAnswerGenerator(client)).AskAsync(question);

    private sealed class ThinkingChatClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            while (true)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return new(ChatRole.Assistant, [new TextReasoningContent("Let me think about it once more. ")]);
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
