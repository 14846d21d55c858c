using System.ComponentModel;
using Microsoft.Extensions.AI;
using Rag.Llama;

/// <summary>What can be done with a chat model, shown one by one; the pages in docs/how-to quote from here.</summary>
internal static class Chats
{
    public static async Task TalkAsync(string path, CancellationToken cancellationToken)
    {
        // <chat>
        using var client = await LlamaChatClient.LoadAsync(path, cancellationToken: cancellationToken);

        await foreach (var update in client.GetStreamingResponseAsync("Why is the sky blue?", new() { MaxOutputTokens = 200 }, cancellationToken))
            Console.Write(update.Text);
        // </chat>
        Console.WriteLine();
    }

    public static async Task AnswerInJsonAsync(string path, CancellationToken cancellationToken)
    {
        using var client = await LlamaChatClient.LoadAsync(path, cancellationToken: cancellationToken);

        // <json>
        var options = new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema<City>(),
            MaxOutputTokens = 200,
        };
        var answer = await client.GetResponseAsync("Name a city and its country.", options, cancellationToken);
        // </json>
        Console.WriteLine(answer.Text);

        // <tools>
        options = new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(([Description("Name of a city")] string city) => $"{city}: 17 °C", "weather", "Says the weather in a city.")],
            MaxOutputTokens = 200,
        };
        answer = await client.GetResponseAsync("What is the weather in Oslo?", options, cancellationToken);
        foreach (var call in answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>())
            Console.WriteLine($"{call.Name}({string.Join(", ", call.Arguments!)})");
        // </tools>
    }

    public static async Task UseAdapterAsync(string path, string adapterPath, CancellationToken cancellationToken)
    {
        // <adapter>
        using var client = await LlamaChatClient.LoadAsync(path, cancellationToken: cancellationToken);
        using var adapter = LlamaAdapter.Load(client.Engine.Model, adapterPath);

        var options = new ChatOptions
        {
            RawRepresentationFactory = _ => new LlamaChatOptions { Adapters = [new(adapter, Scale: 0.8f)] },
            MaxOutputTokens = 200,
        };
        Console.WriteLine(await client.GetResponseAsync("Summarise the contract.", options, cancellationToken));
        // </adapter>
    }

    private sealed record City(string Name, string Country);
}
