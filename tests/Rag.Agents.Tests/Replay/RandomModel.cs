using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

/// <summary>A model that writes what any strategy might make something of, or nothing: in pieces, with and without usage, slowly, too much, or never, whether it is cancelled or not.</summary>
internal sealed class RandomModel(int seed, ManualTime time, bool takesTime, bool mayFail, IReadOnlyList<string> tools) : IChatClient
{
    private static readonly string[] Words = ["the ferry", "Ada Crane", "1987", "Lisbon", "noon", "é☃\U0001F6A2", "[1]", "\"quoted\"", "archive"];

    private int _calls;

    public int Calls => _calls;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var random = new Random((seed * 7919) + Interlocked.Increment(ref _calls));
        if (mayFail && random.Next(6) == 0)
        {
            throw new InvalidDataException("the model's server is on fire");
        }

        if (takesTime)
        {
            time.Advance(TimeSpan.FromMilliseconds(random.Next(5) == 0 ? random.Next(200_000) : random.Next(2_000)));
            if (random.Next(12) == 0)
            {
                await time.PassUntilAsync(leaves: random.Next(2) == 0, cancellationToken);
            }
        }

        yield return new(ChatRole.Assistant, [new TextReasoningContent("Let me see.")]);
        var text = Text(random, options);
        for (var i = 0; i < text.Length;)
        {
            var length = Math.Min(random.Next(1, 40), text.Length - i);
            yield return new(ChatRole.Assistant, text.Substring(i, length)) { ModelId = "random-1" };
            i += length;
        }

        if (options?.Tools is { Count: > 0 } && random.Next(3) > 0)
        {
            yield return new(ChatRole.Assistant, [.. Enumerable.Range(0, random.Next(1, 3)).Select(i => new FunctionCallContent($"c{_calls}-{i}", Any(random, tools), new Dictionary<string, object?> { ["input"] = Any(random, Words), ["count"] = random.Next(9) }))]);
        }

        if (random.Next(2) == 0)
        {
            yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = random.Next(300), OutputTokenCount = random.Next(100) })]) { FinishReason = ChatFinishReason.Stop };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, "random-1") : null;

    public void Dispose()
    {
        // holds nothing
    }

    private string Text(Random random, ChatOptions? options) => random.Next(12) switch
    {
        0 => "",
        1 => string.Concat(Enumerable.Repeat("word upon word ", 300)),
        2 => $" I know it. Action: Finish[{Any(random, Words)}]",
        3 => $"Finish[{Any(random, Words)}]",
        4 => $"Then the answer is {Any(random, Words)}.\nAnswer: {Any(random, Words)}",
        5 => $$"""{"plan": ["find {{Any(random, Words).Replace("\"", "'", StringComparison.Ordinal)}}", "say it"], "answer": ""}""",
        6 => """{"plan": [], "answer": "The ferry leaves at noon."}""",
        7 => "CORRECT",
        8 when options?.ResponseFormat is null => "The ferry leaves at noon. [1]",
        _ => $" I need {Any(random, Words)}.\nAction: {Any(random, tools)}[{Any(random, Words)}]",
    };

    private static T Any<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
