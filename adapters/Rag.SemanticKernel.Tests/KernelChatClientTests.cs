using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using Rag.Generation;
using Rag.Testing;

namespace Rag.SemanticKernel.Tests;

public sealed class KernelChatClientTests
{
    private static readonly AIFunction Find = AIFunctionFactory.Create((string query, int top) => $"{query} {top}", "docs-find", "Finds.");
    private static readonly AIFunction Clock = AIFunctionFactory.Create(() => "noon", "clock");
    private static readonly ChatOptions Options = new() { Instructions = "Be brief.", MaxOutputTokens = 9, Temperature = 0, Tools = [Find, Clock] };
    private static readonly (string, string)[] Calls = [("docs-find", """{"query":"the \"ferry\"","top":3}"""), ("clock", "{}"), ("docs-find", """{"query":"tide","top":1}""")];

    [Fact]
    public async Task Stream_holds_what_the_whole_answer_holds()
    {
        var (whole, stream) = (new OpenAIReplies(OpenAIReplies.Whole("length", "Hello there")), new OpenAIReplies(OpenAIReplies.Streamed("length", "Hello there")));

        var answer = await new KernelChatClient(whole.Service).GetResponseAsync("Hi", Options);
        var updates = await new KernelChatClient(stream.Service).GetStreamingResponseAsync("Hi", Options).ToListAsync();

        Assert.Equal(11, updates.Count(u => u.Text.Length == 1));
        foreach (var response in (ChatResponse[])[answer, updates.ToChatResponse()])
        {
            Assert.Equal(("Hello there", ChatFinishReason.Length, "m"), (response.Text, response.FinishReason!.Value, response.ModelId));
            Assert.Equal((5, 7, 12), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
            Assert.Equal(ChatRole.Assistant, Assert.Single(response.Messages).Role);
        }
    }

    [Fact]
    public async Task Calls_come_whole_with_the_names_of_their_tools()
    {
        var (whole, stream) = (new OpenAIReplies(OpenAIReplies.Whole("tool_calls", null, Calls)), new OpenAIReplies(OpenAIReplies.Streamed("tool_calls", "", Calls)));

        var answer = await new KernelChatClient(whole.Service).GetResponseAsync("Hi", Options);
        var streamed = await new KernelChatClient(stream.Service).GetStreamingResponseAsync("Hi", Options).ToChatResponseAsync();

        foreach (var response in (ChatResponse[])[answer, streamed])
        {
            var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
            Assert.Equal(Calls.Select((c, i) => ($"call{i}", c.Item1)), calls.Select(c => (c.CallId, c.Name)));
            Assert.Equal(("the \"ferry\"", "3", "tide"), ($"{calls[0].Arguments!["query"]}", $"{calls[0].Arguments!["top"]}", $"{calls[2].Arguments!["query"]}"));
            Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        }
    }

    [Fact]
    public async Task Whole_calls_of_a_service_that_says_no_more_stay_apart()
    {
        AIContent[] calls = [new FunctionCallContent("x", "docs-find", new Dictionary<string, object?> { ["query"] = "tide" }), new FunctionCallContent("y", "clock")];

        var answer = await new KernelChatClient(new ScriptedTurns(_ => calls).AsChatCompletionService()).GetStreamingResponseAsync("Hi", Options).ToChatResponseAsync();

        var given = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal([("x", "docs-find"), ("y", "clock")], given.Select(c => (c.CallId, c.Name)));
        Assert.Equal("tide", $"{given[0].Arguments!["query"]}");
        Assert.Equal((3, 4), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task Arguments_that_are_no_json_are_a_fault_of_the_call()
    {
        var replies = new OpenAIReplies(OpenAIReplies.Streamed("tool_calls", "", ("clock", "{\"a\":")));

        var answer = await new KernelChatClient(replies.Service).GetStreamingResponseAsync("Hi", Options).ToChatResponseAsync();

        var call = Assert.Single(answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Null(call.Arguments);
        Assert.IsType<JsonException>(call.Exception!.InnerException, exactMatch: false);
    }

    [Fact]
    public async Task Request_says_what_the_options_say()
    {
        var replies = new OpenAIReplies(OpenAIReplies.Whole("stop", "Hello"));

        await new KernelChatClient(replies.Service).GetResponseAsync("Hi", new() { Instructions = "Be brief.", MaxOutputTokens = 9, Temperature = 0, Tools = [Find, Clock], ToolMode = ChatToolMode.RequireSpecific("clock") });

        Assert.Equal(["system Be brief.", "user Hi"], replies.Sent["messages"]!.AsArray().Select(m => $"{m!["role"]} {m["content"]}"));
        Assert.Equal(("9", "0"), ($"{replies.Sent["max_completion_tokens"]}", $"{replies.Sent["temperature"]}"));
        Assert.Equal(("clock", "required"), ($"{Assert.Single(replies.Sent["tools"]!.AsArray())!["function"]!["name"]}", $"{replies.Sent["tool_choice"]}"));
    }

    [Fact]
    public async Task Functions_are_called_and_their_results_are_told()
    {
        foreach (var stream in (bool[])[false, true])
        {
            var replies = stream
                ? new OpenAIReplies(OpenAIReplies.Streamed("tool_calls", "", Calls), OpenAIReplies.Streamed("stop", "Done."))
                : new OpenAIReplies(OpenAIReplies.Whole("tool_calls", null, Calls), OpenAIReplies.Whole("stop", "Done."));
            using var client = new ChatClientBuilder(new KernelChatClient(replies.Service)).UseFunctionInvocation().Build();

            var answer = stream ? await client.GetStreamingResponseAsync("Hi", Options).ToChatResponseAsync() : await client.GetResponseAsync("Hi", Options);

            var told = replies.Sent["messages"]!.AsArray().Where(m => $"{m!["role"]}" == "tool").Select(m => $"{m!["tool_call_id"]} {m["content"]}").ToList();
            Assert.Equal("Done.", answer.Text);
            Assert.Equal(["call0 \"the \\\"ferry\\\" 3\"", "call1 \"noon\"", "call2 \"tide 1\""], told);
            Assert.Equal("Be brief.", $"{replies.Sent["messages"]![0]!["content"]}");
        }
    }

    [Fact]
    public async Task Answers_of_the_pipeline_are_checked_and_count_their_tokens()
    {
        var passages = Passages.Of("The ferry leaves at noon.", "The crane is from 2021.");
        var replies = new OpenAIReplies(OpenAIReplies.Streamed("stop", "The ferry leaves at noon. [1] It is blue. [1]"));
        var pipeline = new RagPipeline(ScriptedRetriever.Finding(passages), new ChatAnswerGenerator(new KernelChatClient(replies.Service)));

        var answer = await pipeline.AskAsync("When does the ferry leave?");

        Assert.Equal("The ferry leaves at noon.", Assert.Single(answer.Citations).Quote);
        Assert.Equal((5, 7), (answer.Usage.PromptTokens, answer.Usage.CompletionTokens));
        Assert.Equal([true, false], answer.Sentences.Select(s => s.Supported));
    }

    [Fact]
    public async Task Cancelled_requests_throw()
    {
        var client = new KernelChatClient(new OpenAIReplies(OpenAIReplies.Streamed("stop", "Hello")).Service);
        using var during = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("Hi", Options, new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Hi", Options, during.Token))
            {
                await during.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_tool_that_cannot_be_called_is_refused()
    {
        var client = new KernelChatClient(new OpenAIReplies().Service);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync("Hi", new() { Tools = [new HostedWebSearchTool()] }));

        Assert.StartsWith("The tool 'web_search' is a HostedWebSearchTool,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Client_knows_its_service_and_model()
    {
        var service = new OpenAIReplies().Service;
        var client = new KernelChatClient(service);

        Assert.Same(service, client.GetService<IChatCompletionService>());
        Assert.Same(client, client.GetService<KernelChatClient>());
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Equal(("OpenAIChatCompletionService", "m"), (client.GetService<ChatClientMetadata>()!.ProviderName, client.GetService<ChatClientMetadata>()!.DefaultModelId));
    }

    // When this fails, the library has been mended, and what it mends can go here.
    [Fact]
    public async Task Librarys_own_client_loses_what_this_one_keeps()
    {
        var (whole, stream) = (new OpenAIReplies(OpenAIReplies.Whole("tool_calls", null, Calls)), new OpenAIReplies(OpenAIReplies.Streamed("tool_calls", "", Calls)));

        var answer = await whole.Service.AsChatClient().GetResponseAsync("Hi", Options);

        Assert.Null(answer.FinishReason);
        Assert.Null(answer.Usage);
        Assert.Equal(["find", "clock", "find"], answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => c.Name));
        Assert.Equal(["user Hi"], whole.Sent["messages"]!.AsArray().Select(m => $"{m!["role"]} {m["content"]}"));
        await Assert.ThrowsAsync<JsonException>(async () => await stream.Service.AsChatClient().GetStreamingResponseAsync("Hi", Options).ToListAsync());
    }
}
