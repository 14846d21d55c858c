using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Rag.Generation;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.SemanticKernel.Tests;

/// <summary>The code of docs/how-to/use-with-semantic-kernel.md.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Plugin()
    {
        await using var store = await StoreAsync();
        IRetriever retriever = new KeywordRetriever(store);
        using var client = new ScriptedTurns(ScriptedTurns.Calls("documents_ask", new() { ["question"] = "When does the ferry leave?" }), _ => [new Microsoft.Extensions.AI.TextContent("At noon. [1]")]);

        // <plugin>
        var pipeline = new RagPipeline(retriever, new ExtractiveAnswerGenerator());
        var scope = new Query("") { Tenant = "harbour", Groups = ["pilots"] };

        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(client.AsBuilder().UseKernelFunctionInvocation().Build().AsChatCompletionService());
        builder.Plugins.AddFromObject(new DocumentsPlugin(retriever, pipeline, scope), "documents");
        var kernel = builder.Build();

        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        var reply = await kernel.InvokePromptAsync("When does the ferry leave?", new(settings));
        // </plugin>

        Assert.Equal("At noon. [1]", $"{reply}");
        Assert.Contains("pilots leaves at noon", $"{client.Requests[1].Messages[^1].Contents.OfType<Microsoft.Extensions.AI.FunctionResultContent>().Single().Result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search()
    {
        await using var store = await StoreAsync();
        IRetriever retriever = new KeywordRetriever(store);
        var scope = new Query("") { Tenant = "harbour", Groups = ["pilots"] };
        var names = new List<string?>();

        // <search>
        var search = new ChunkTextSearch(retriever, scope);

        var found = await search.GetTextSearchResultsAsync("ferry", new() { Top = 3, Filter = chunk => chunk.Tags["kind"] == "timetable" });
        await foreach (var passage in found.Results)
        {
            names.Add(passage.Name);
        }
        // </search>

        Assert.Equal(["Title of ferry.md"], names);
    }

    [Fact]
    public async Task Client()
    {
        await using var store = await StoreAsync();
        IRetriever retriever = new KeywordRetriever(store);
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatCompletionService>(new OpenAIReplies(OpenAIReplies.Streamed("stop", "The crane lifts forty tons. [1]")).Service);
        var kernel = builder.Build();

        // <client>
        using var client = new KernelChatClient(kernel.GetRequiredService<IChatCompletionService>());
        var pipeline = new RagPipeline(retriever, new ChatAnswerGenerator(client));

        var answer = await pipeline.AskAsync("How much does the crane lift?");
        // </client>

        Assert.Equal("The crane lifts forty tons.", Assert.Single(answer.Citations).Quote);
    }

    [Fact]
    public async Task Tools()
    {
        var kernel = new Kernel();
        kernel.Plugins.AddFromFunctions("clock", [KernelFunctionFactory.CreateFromMethod((string city) => $"noon in {city}", "tell", "Tells the time.")]);
        using var client = new ScriptedTurns(ScriptedTurns.Calls("clock_tell", new() { ["city"] = "Oslo" }), _ => [new Microsoft.Extensions.AI.TextContent("Noon.")]);

        // <tools>
        var options = new ChatOptions { Tools = [.. kernel.Plugins.SelectMany(plugin => plugin).Select(function => new KernelTool(function, kernel))] };
        using var agent = client.AsBuilder().UseFunctionInvocation().Build();
        var reply = await agent.GetResponseAsync("What time is it in Oslo?", options);
        // </tools>

        Assert.Equal("Noon.", reply.Text);
        Assert.Equal("noon in Oslo", $"{client.Requests[1].Messages[^1].Contents.OfType<Microsoft.Extensions.AI.FunctionResultContent>().Single().Result}");
    }

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var store = new InMemoryChunkStore();
        foreach (var document in (Document[])
        [
            Corpus.Text("ferry.md", "The ferry for pilots leaves at noon.") with { Tenant = "harbour", Groups = ["pilots"], Tags = new Dictionary<string, string> { ["kind"] = "timetable" } },
            Corpus.Text("history.md", "The first ferry came in 1912.") with { Tenant = "harbour", Tags = new Dictionary<string, string> { ["kind"] = "history" } },
            Corpus.Text("crane.md", "The crane lifts forty tons."),
        ])
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        return store;
    }
}
