using System.Text;
using LLama.Exceptions;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace Rag.LLamaSharp.Tests;

public sealed class BatchLoopTests
{
    private static readonly LLamaToken Letter = TestWeights.Chat.Tokenize("aa", false, false, Encoding.UTF8)[^1];

    [Fact]
    public async Task Requests_at_once_are_decoded_in_the_same_steps()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { BatchSize = 256 });
        using var started = new ManualResetEventSlim();
        var log = new List<char>();
        ScriptedPipeline Pipeline(char name) => new(Enumerable.Repeat(Letter, 20), _ =>
        {
            started.Wait(TestContext.Current.CancellationToken); // the first one holds the loop until all are there
            log.Add(name);
        });

        var answers = "ABCD".Select(name => client.GetResponseAsync("Go on.", Ask(Pipeline(name), 20), TestContext.Current.CancellationToken)).ToList();
        started.Set();
        await Task.WhenAll(answers);

        string[] inSteps = [string.Concat(Enumerable.Repeat("ABCD", 20)), $"A{string.Concat(Enumerable.Repeat("ABCD", 19))}BCD"]; // A began with the others, or was held a step before them
        Assert.Contains(string.Concat(log), inSteps);
    }

    [Fact]
    public async Task Request_beyond_the_sequences_waits_until_one_has_ended()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 2 });
        using var started = new ManualResetEventSlim();
        var log = new List<char>();
        ScriptedPipeline Pipeline(char name) => new(Enumerable.Repeat(Letter, 10), _ =>
        {
            started.Wait(TestContext.Current.CancellationToken);
            log.Add(name);
        });

        var answers = "ABC".Select(name => client.GetResponseAsync("Go on.", Ask(Pipeline(name), 10), TestContext.Current.CancellationToken)).ToList();
        started.Set();
        await Task.WhenAll(answers);

        Assert.True(log.IndexOf('C') > Math.Min(log.LastIndexOf('A'), log.LastIndexOf('B')), string.Concat(log));
        Assert.Equal(30, log.Count);
    }

    [Fact]
    public async Task Cancelled_request_leaves_while_it_writes_and_its_place_is_clean()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 1 });
        var alone = await GreedyAsync(client, "What is a citation?");
        using var cancel = new CancellationTokenSource();
        var pipeline = new ScriptedPipeline(Enumerable.Repeat(Letter, 1000), taken =>
        {
            if (taken == 7)
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("Go on.", Ask(pipeline, 400), cancel.Token));

        Assert.Equal(alone, await GreedyAsync(client, "What is a citation?"));
        Assert.True(pipeline.IsDisposed);
        Assert.Equal(8, pipeline.Taken);
    }

    [Fact]
    public async Task Cancelled_request_leaves_while_its_prompt_is_read()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 2 });
        var alone = await GreedyAsync(client, "What is a citation?");
        using var cancel = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var unread = new ScriptedPipeline([]);
        var writing = new ScriptedPipeline(Enumerable.Repeat(Letter, 100), taken =>
        {
            started.Wait(TestContext.Current.CancellationToken);
            if (taken == 3)
            {
                cancel.Cancel(); // by now some 190 of 800 tokens are read, 63 a step
            }
        });

        var first = client.GetResponseAsync("Go on.", Ask(writing, 30), TestContext.Current.CancellationToken);
        var second = client.GetResponseAsync(new string('q', 800), Ask(unread, 30), cancel.Token);
        started.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(new string('a', 30), (await first).Text);
        Assert.Equal(0, unread.Taken);
        Assert.Equal([alone, alone], await Task.WhenAll(GreedyAsync(client, "What is a citation?"), GreedyAsync(client, "What is a citation?")));
    }

    [Fact]
    public async Task Abandoned_stream_frees_its_place()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 1 });

        await foreach (var _ in client.GetStreamingResponseAsync("Go on.", Ask(new(Enumerable.Repeat(Letter, 1000)), 1000), TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.NotEmpty(await GreedyAsync(client, "Hello"));
    }

    [Fact]
    public async Task Context_does_not_fill_up_request_after_request()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 1, ContextSize = 256 });

        for (var i = 0; i < 12; i++)
        {
            var answer = await client.GetResponseAsync("Go on.", Ask(new(Enumerable.Repeat(Letter, 40)), 40), TestContext.Current.CancellationToken);
            Assert.Equal(40, answer.Text.Length);
        }
    }

    [Fact]
    public async Task Error_of_one_request_reaches_its_caller_and_no_other()
    {
        using var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters);
        var alone = await GreedyAsync(client, "What is a citation?");

        var failing = client.GetResponseAsync("Go on.", Ask(new([Letter, Letter]), 30), TestContext.Current.CancellationToken);
        var other = GreedyAsync(client, "What is a citation?");

        Assert.Equal("The script is over.", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(alone, await other);
    }

    [Fact]
    public async Task Batch_that_fails_is_an_error_and_the_next_request_is_answered()
    {
        using var loop = new BatchLoop(TestWeights.Chat, TestWeights.Parameters, []);
        Generation Request(params LLamaToken[] prompt) => new(prompt, 5, [], new ScriptedPipeline(Enumerable.Repeat(Letter, 5)), new(Encoding.UTF8, TestWeights.Chat));

        var error = await Assert.ThrowsAsync<LLamaDecodeError>(() => TextAsync(loop, Request(Letter, 1_000_000)));

        Assert.Equal(DecodeResult.InvalidInputBatch, error.ReturnCode);
        Assert.Equal("aaaaa", await TextAsync(loop, Request(Letter)));
    }

    [Fact]
    public async Task Disposing_ends_what_runs_and_what_waits()
    {
        var client = new LLamaSharpChatClient(TestWeights.Chat, TestWeights.Parameters with { SeqMax = 1 });
        var pipeline = new ScriptedPipeline(Enumerable.Repeat(Letter, 1000), taken =>
        {
            if (taken == 5)
            {
                client.Dispose();
            }
        });

        var running = client.GetResponseAsync("Go on.", Ask(pipeline, 400), TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(0, 3).Select(_ => client.GetResponseAsync("Hello", null, TestContext.Current.CancellationToken)).ToList();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        foreach (var request in waiting)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => request);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetResponseAsync("Hello", null, TestContext.Current.CancellationToken));
        Assert.True(pipeline.IsDisposed);
    }

    private static ChatOptions Ask(ScriptedPipeline pipeline, int tokens) => new() { MaxOutputTokens = tokens, RawRepresentationFactory = _ => pipeline };

    private static async Task<string> GreedyAsync(LLamaSharpChatClient client, string question) =>
        (await client.GetResponseAsync(question, new() { Temperature = 0, MaxOutputTokens = 16 }, TestContext.Current.CancellationToken)).Text;

    private static async Task<string> TextAsync(BatchLoop loop, Generation request)
    {
        var text = new StringBuilder();
        await foreach (var piece in loop.RunAsync(request, TestContext.Current.CancellationToken))
        {
            text.Append(piece);
        }

        return text.ToString();
    }
}
