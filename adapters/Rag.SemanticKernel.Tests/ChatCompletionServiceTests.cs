using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Rag.Testing;

namespace Rag.SemanticKernel.Tests;

/// <summary>Our clients as chat services: what the library's own <c>AsChatCompletionService()</c> does, on which the guide relies.</summary>
public sealed class ChatCompletionServiceTests
{
    [Fact]
    public async Task Words_stream_as_they_come_and_usage_comes_last()
    {
        var client = new ScriptedChatClient("Hel", "lo") { Usage = new() { InputTokenCount = 5, OutputTokenCount = 7 }, Finish = ChatFinishReason.Stop };

        var pieces = await client.AsChatCompletionService().GetStreamingChatMessageContentsAsync("Hi").ToListAsync();
        var whole = await client.AsChatCompletionService().GetChatMessageContentAsync("Hi");

        Assert.Equal(["Hel", "lo"], pieces.Select(p => p.Content).Where(c => c is not null));
        Assert.Equal(5, Assert.IsType<UsageContent>(pieces[^1].Metadata!["Usage"]).Details.InputTokenCount);
        Assert.Equal(("Hello", 7), (whole.Content, Assert.IsType<UsageDetails>(whole.Metadata!["Usage"]).OutputTokenCount));
        Assert.Equal("Hi", Assert.Single(client.Messages).Text);
    }

    [Fact]
    public async Task Settings_reach_the_client()
    {
        var client = new ScriptedChatClient("Hello");
        var settings = new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.5, ["max_tokens"] = 9, ["seed"] = 3, ["stop_sequences"] = new List<string> { "." } } };

        await client.AsChatCompletionService().GetChatMessageContentAsync("Hi", settings);

        Assert.Equal((0.5f, 9, 3L, "."), (client.Options!.Temperature, client.Options.MaxOutputTokens, client.Options.Seed, Assert.Single(client.Options.StopSequences!)));
    }

    [Fact]
    public async Task Functions_of_the_kernel_are_called_and_told()
    {
        foreach (var stream in (bool[])[false, true])
        {
            var model = new ScriptedTurns(
                ScriptedTurns.Calls("clock_tell", new() { ["city"] = "Oslo" }),
                messages => [new Microsoft.Extensions.AI.TextContent($"It is {messages[^1].Contents.OfType<Microsoft.Extensions.AI.FunctionResultContent>().Single().Result}.")]);
            var kernel = new Kernel();
            kernel.Plugins.AddFromFunctions("clock", [KernelFunctionFactory.CreateFromMethod((string city) => $"noon in {city}", "tell", "Tells the time.")]);
            var service = new ChatClientBuilder(model).UseKernelFunctionInvocation().Build().AsChatCompletionService();
            var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

            var reply = stream
                ? string.Concat(await service.GetStreamingChatMessageContentsAsync("Time?", settings, kernel).Select(p => p.Content).ToListAsync())
                : (await service.GetChatMessageContentAsync("Time?", settings, kernel)).Content;

            Assert.Equal("It is noon in Oslo.", reply);
            Assert.Equal(("clock_tell", "Tells the time."), (Assert.Single(model.Requests[0].Options!.Tools!).Name, model.Requests[0].Options!.Tools![0].Description));
            Assert.Equal(2, model.Requests.Count);
        }
    }

    [Fact]
    public async Task Call_that_is_not_invoked_is_given_to_the_caller()
    {
        var model = new ScriptedTurns(ScriptedTurns.Calls("clock_tell", new() { ["city"] = "Oslo" }), ScriptedTurns.Calls("clock_tell", new() { ["city"] = "Oslo" }));

        var whole = await model.AsChatCompletionService().GetChatMessageContentAsync("Time?");
        var piece = await model.AsChatCompletionService().GetStreamingChatMessageContentsAsync("Time?").FirstAsync();

        var call = Assert.Single(whole.Items.OfType<Microsoft.SemanticKernel.FunctionCallContent>());
        Assert.Equal(("call1", "clock_tell", "Oslo"), (call.Id, call.FunctionName, call.Arguments!["city"]));
        var update = Assert.Single(piece.Items.OfType<StreamingFunctionCallUpdateContent>());
        Assert.Equal(("call1", "clock_tell", "Oslo"), (update.CallId, update.Name, JsonElement.Parse(update.Arguments!).GetProperty("city").GetString()));
    }

    [Fact]
    public async Task Cancelled_requests_throw()
    {
        var service = new ScriptedChatClient("Hel", "lo").AsChatCompletionService();
        using var during = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.GetChatMessageContentAsync("Hi", cancellationToken: new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in service.GetStreamingChatMessageContentsAsync("Hi", cancellationToken: during.Token))
            {
                await during.CancelAsync();
            }
        });
    }

    // A limit of the library, said in the guide. When this fails it can go from there.
    [Fact]
    public async Task Finish_reason_is_lost()
    {
        var client = new ScriptedChatClient("Hello") { Finish = ChatFinishReason.Length };

        var whole = await client.AsChatCompletionService().GetChatMessageContentAsync("Hi");
        var pieces = await client.AsChatCompletionService().GetStreamingChatMessageContentsAsync("Hi").ToListAsync();

        Assert.DoesNotContain("FinishReason", whole.Metadata!.Keys);
        Assert.All(pieces, p => Assert.DoesNotContain("FinishReason", p.Metadata?.Keys ?? []));
    }
}
