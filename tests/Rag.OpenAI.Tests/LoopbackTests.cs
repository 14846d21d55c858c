using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

/// <summary>What only a real connection does: refusing, breaking, stalling, never ending.</summary>
public sealed class LoopbackTests
{
    private static OpenAIEndpointOptions Unhurried => new() { Time = new SkippedTime(), Timeout = SkippedTime.Never };

    [Fact]
    public async Task Answer_comes_over_a_socket()
    {
        using var server = new LoopbackServer(_ => LoopbackReply.Events($"data: {Answers.Text("Zoë 🦙")}\n\ndata: {Answers.Stop}\n\n"));

        Assert.Equal("Zoë 🦙", (await AskAsync(server)).Text);
    }

    [Fact]
    public async Task Nobody_listening_is_told_at_once_with_what_to_start()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        using var endpoint = new OpenAIEndpoint($"http://127.0.0.1:{port}/v1");

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => endpoint.ListModelsAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"Nothing answers at http://127.0.0.1:{port}/v1 (Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_reset_in_the_middle_of_an_answer_is_told_after_what_has_come()
    {
        using var server = new LoopbackServer(_ => LoopbackReply.Events($"data: {Answers.Text("Half")}\n\n", LoopbackEnd.Reset));
        using var endpoint = new OpenAIEndpoint(server.Address, Unhurried);
        var heard = "";

        var failure = await Assert.ThrowsAsync<OpenAIException>(async () =>
        {
            await foreach (var update in new OpenAIChatClient(endpoint, "m").GetStreamingResponseAsync([new(ChatRole.User, "Hi")], cancellationToken: TestContext.Current.CancellationToken))
            {
                heard += update.Text;
            }
        });

        // The reset may overtake what was written before it, and then the request is sent again.
        Assert.Contains(heard, (string[])["Half", ""]);
        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_closes_without_a_reply_is_tried_again()
    {
        using var server = new LoopbackServer(number => number == 0 ? new("") : LoopbackReply.Events($"data: {Answers.Text("Noon.")}\n\ndata: {Answers.Stop}\n\n"));

        Assert.Equal("Noon.", (await AskAsync(server)).Text);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: {\"choices\":")]
    public async Task Silence_ends_with_the_time_out(string before)
    {
        var time = new ManualTime();
        using var server = new LoopbackServer(_ => new(before, LoopbackEnd.Stall));

        var asked = AskAsync(server, new() { Time = time, Timeout = TimeSpan.FromSeconds(30) });
        while (!asked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => asked);
        Assert.Equal($"{server.Address} was silent for 30 seconds. See whether the server is busy, or raise the time-out.", failure.Message);
    }

    [Fact]
    public async Task Model_that_never_stops_is_left_when_the_caller_has_enough()
    {
        using var server = new LoopbackServer(_ => LoopbackReply.Events("", LoopbackEnd.Repeat, $"data: {Answers.Text("and so on ")}\n\n"));
        using var endpoint = new OpenAIEndpoint(server.Address);
        var pieces = 0;

        await foreach (var update in new OpenAIChatClient(endpoint, "m").GetStreamingResponseAsync([new(ChatRole.User, "Hi")], cancellationToken: TestContext.Current.CancellationToken))
        {
            if (++pieces == 1000)
            {
                break;
            }
        }

        await server.ClientGone.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1000, pieces);
    }

    [Fact]
    public async Task Cancellation_ends_a_stream_that_stalls_and_the_connection_with_it()
    {
        using var cancellation = new CancellationTokenSource();
        using var server = new LoopbackServer(_ => LoopbackReply.Events($"data: {Answers.Text("Half")}\n\n", LoopbackEnd.Stall));
        using var endpoint = new OpenAIEndpoint(server.Address);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in new OpenAIChatClient(endpoint, "m").GetStreamingResponseAsync([new(ChatRole.User, "Hi")], cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        await server.ClientGone.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ChatResponse> AskAsync(LoopbackServer server, OpenAIEndpointOptions? options = null)
    {
        using var endpoint = new OpenAIEndpoint(server.Address, options ?? Unhurried);
        return await new OpenAIChatClient(endpoint, "m").GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
    }
}
