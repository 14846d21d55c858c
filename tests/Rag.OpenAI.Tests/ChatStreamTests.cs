using System.Text;
using Microsoft.Extensions.AI;

namespace Rag.OpenAI.Tests;

/// <summary>What is made of a stream, however it comes.</summary>
public sealed class ChatStreamTests
{
    [Fact]
    public async Task Stream_cut_at_any_byte_gives_the_same_answer()
    {
        var bytes = Encoding.UTF8.GetBytes(
            "\uFEFF: a comment\r\n\r\nevent: x\rid: 7\r\r" + $"data:{Answers.Text("Zoë ")}\r\n\r\n" + "retry: 5\n\n" + $"data: {Answers.Text("🦙 漢字")}\r\r"
            + "data: {\"id\":\"1\",\r\ndata: \"model\":\"m\",\ndata: \"choices\":[]}\r\n\r\n" + $"data: {Answers.Stop}\n\ndata: {Answers.Usage}\n\ndata: [DONE]\n\n");

        for (var atMost = 1; atMost <= bytes.Length; atMost++)
        {
            var answer = await Answers.AskAsync(FakeServer.Of(() => FakeServer.Bytes(bytes, atMost)), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(("Zoë 🦙 漢字", ChatFinishReason.Stop, 10), (answer.Text, answer.FinishReason!.Value, answer.Usage!.TotalTokenCount));
        }
    }

    [Fact]
    public async Task Stream_broken_off_at_any_byte_never_passes_for_a_whole_answer()
    {
        var bytes = Encoding.UTF8.GetBytes($"data: {Answers.Text("one")}\n\ndata: {Answers.Text("two")}\n\ndata: {Answers.Stop}\n\n");

        for (var length = 0; length < bytes.Length; length++)
        {
            await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Bytes(bytes[..length])));
        }

        Assert.Equal("onetwo", (await Answers.AskAsync(FakeServer.Of(() => FakeServer.Bytes(bytes)), cancellationToken: TestContext.Current.CancellationToken)).Text);
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task Reasoning_is_kept_apart_from_the_answer(string field)
    {
        var answer = await Answers.OfAsync(Answers.Delta($$"""{"role":"assistant","content":null,"{{field}}":"Let me "}"""), Answers.Delta($$"""{"{{field}}":"think."}"""), Answers.Text("Noon."), Answers.Stop, Answers.Usage, Answers.Done);

        Assert.Equal("Noon.", answer.Text);
        Assert.Equal("Let me think.", string.Concat(answer.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(r => r.Text)));
        Assert.Equal((7, 3, 4, 2), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.CachedInputTokenCount, answer.Usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task Parallel_calls_are_put_together_from_pieces_in_any_order()
    {
        var answer = await Answers.OfAsync(
            Call("""{"index":0,"id":"a","type":"function","function":{"name":"weather","arguments":""}}"""),
            Call("""{"index":1,"id":"b","type":"function","function":{"name":"clock","arguments":""}}"""),
            Call("""{"index":0,"function":{"arguments":"{\"city\":\"Tro"}},{"index":1,"function":{"arguments":"{"}}"""),
            Call("""{"index":1,"function":{"arguments":"}"}},{"index":0,"function":{"arguments":"msø\"}"}}"""),
            """{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            Answers.Done);

        Assert.Equal(["a weather city=Tromsø", "b clock "], Calls(answer));
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    [Fact]
    public async Task Calls_as_other_servers_send_them_are_told_apart_too()
    {
        var sameIndex = await Answers.OfAsync(
            Call("""{"index":0,"id":"a","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}"""), Call("""{"index":0,"id":"b","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}"""), Answers.Stop, Answers.Done);
        var noIndexNoId = await Answers.OfAsync(Call("""{"function":{"name":"weather","arguments":{"city":"Oslo"}}},{"function":{"name":"clock"}}"""), Answers.Stop, Answers.Done);

        Assert.Equal(["a weather city=Oslo", "b weather city=Rome"], Calls(sameIndex));
        Assert.Equal(["weather city=Oslo", "clock "], Calls(noIndexNoId).Select(c => c[(c.IndexOf(' ') + 1)..]));
        Assert.Equal(2, noIndexNoId.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => c.CallId).Distinct().Count());
        Assert.Equal(ChatFinishReason.ToolCalls, sameIndex.FinishReason);
    }

    [Theory]
    [InlineData("{\\\"city\\\":")]
    [InlineData("[1]")]
    public async Task Call_whose_arguments_are_no_object_says_so(string arguments)
    {
        var answer = await Answers.OfAsync(Call($$$"""{"index":0,"id":"a","function":{"name":"weather","arguments":"{{{arguments}}}"}}"""), Answers.Stop, Answers.Done);

        var call = Assert.Single(answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal("weather", call.Name);
        Assert.NotNull(call.Exception);
    }

    [Fact]
    public async Task Refusal_is_an_error_in_the_answer_and_not_its_text()
    {
        var answer = await Answers.OfAsync(Answers.Delta("""{"refusal":"I will not."}"""), Answers.Stop, Answers.Done);

        Assert.Empty(answer.Text);
        var refusal = Assert.Single(answer.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>());
        Assert.Equal(("I will not.", "refusal"), (refusal.Message, refusal.ErrorCode));
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("something_new")]
    public async Task Reason_to_end_is_the_servers(string reason)
    {
        var answer = await Answers.OfAsync($$"""{"choices":[{"delta":{"content":"x"},"finish_reason":"{{reason}}"}]}""", Answers.Done);

        Assert.Equal((reason, "m", "x"), (answer.FinishReason!.Value.Value, answer.ModelId, answer.Text));
        Assert.Null(answer.Usage);
    }

    [Fact]
    public async Task Server_that_does_not_stream_is_understood()
    {
        var answer = await Answers.AskAsync(
            FakeServer.Of(() => FakeServer.Json("""{"id":"9","model":"m2","choices":[{"message":{"role":"assistant","content":"Noon."},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1}}""")),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("Noon.", "m2", "9", 3), (answer.Text, answer.ModelId, answer.ResponseId, answer.Usage!.TotalTokenCount));
    }

    [Theory]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"x\"")]
    [InlineData("<html>not this</html>")]
    [InlineData("42")]
    [InlineData("{\"choices\":7}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":{}}}]}")]
    [InlineData("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":\"x\"}]}}]}")]
    [InlineData("")]
    public async Task Chunk_that_is_none_is_named_with_what_came(string chunk)
    {
        var failure = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Events([Answers.Text("so far"), chunk, Answers.Stop])));

        Assert.Contains("http://127.0.0.1:8080/v1 answers ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(chunk.Length > 0 ? chunk : "nothing", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("mostly ending in /v1.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_in_the_middle_of_a_stream_is_told()
    {
        var failure = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Events([Answers.Text("so far"), """{"error":{"code":500,"message":"The slot was lost."}}"""])));

        Assert.Equal("http://127.0.0.1:8080/v1 gave up in the middle of its answer (The slot was lost). See the server's log, and try again.", failure.Message);
    }

    [Fact]
    public async Task Damaged_stream_gives_an_answer_or_a_sentence_and_nothing_else()
    {
        string[] good = [Answers.Text("Zoë 🦙"), Answers.Delta("""{"reasoning_content":"hm","refusal":"no"}"""), Answers.Usage, Call("""{"index":0,"id":"a","function":{"name":"weather","arguments":"{\"n\":1,\"n\":2}"}}""")];
        string[] bad = ["{", "null", "[]", "1e999", "\"", "\\", Call("""{"index":99999999999,"function":{}}"""), """{"error":[]}""", """{"usage":{"prompt_tokens":-1.5}}""", """{"choices":[null]}"""];
        var (answers, failures) = (0, 0);
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => $"data: {(random.Next(8) == 0 ? bad[random.Next(bad.Length)] : good[random.Next(good.Length)])}{(random.Next(16) == 0 ? "" : "\n\n")}")) + $"data: {Answers.Stop}\n\n";
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = random.Next(3); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                await Answers.AskAsync(FakeServer.Of(() => FakeServer.Bytes(bytes, random.Next(1, 200))), cancellationToken: TestContext.Current.CancellationToken);
                answers++;
            }
            catch (OpenAIException)
            {
                failures++;
            }
        }

        Assert.InRange(answers, 300, 2700);
        Assert.InRange(failures, 300, 2700);
    }

    [Fact]
    public async Task Line_without_end_is_not_kept_in_memory()
    {
        var bytes = new byte[(16 << 20) + 10_000];
        Array.Fill(bytes, (byte)'x');

        var failure = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Bytes(bytes, atMost: 1 << 16)));

        Assert.Contains("more than 16 MiB in one piece", failure.Message, StringComparison.Ordinal);
    }

    private static string Call(string pieces) => Answers.Delta($$"""{"tool_calls":[{{pieces}}]}""");

    private static IEnumerable<string> Calls(ChatResponse answer) => answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>()
        .Select(c => $"{c.CallId} {c.Name} {string.Join(' ', c.Arguments!.Select(a => $"{a.Key}={a.Value}"))}");
}
