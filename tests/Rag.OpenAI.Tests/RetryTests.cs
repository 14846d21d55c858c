using Microsoft.Extensions.AI;
using Rag.Testing;

namespace Rag.OpenAI.Tests;

/// <summary>When a request is sent again, and how long after. Waits are skipped and counted.</summary>
public sealed class RetryTests
{
    private readonly SkippedTime _time = new();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Refusal_that_may_pass_is_tried_again(int status)
    {
        var server = FakeServer.Of(() => FakeServer.Json("", status), () => FakeServer.Json("", status), () => FakeServer.Events([Answers.Text("Noon."), Answers.Stop]));

        var answer = await AskAsync(server);

        Assert.Equal(("Noon.", 3, 2), (answer.Text, server.Requests.Count, _time.Waits.Count));
        Assert.Equal(server.Requests[0].Body.GetRawText(), server.Requests[2].Body.GetRawText());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(501)]
    public async Task Refusal_that_stays_is_not(int status)
    {
        var server = FakeServer.Of(() => FakeServer.Json("", status));

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => AskAsync(server));

        Assert.Equal((status, 1), (failure.Status!.Value, server.Requests.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Tries_end(int retries)
    {
        var server = FakeServer.Of(() => FakeServer.Json("", 503));

        await Assert.ThrowsAsync<OpenAIException>(() => AskAsync(server, retries));

        Assert.Equal((retries + 1, retries), (server.Requests.Count, _time.Waits.Count));
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("retry-after-ms", "2500", 2.5)]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:20 GMT", 20)]
    public async Task Server_says_how_long_to_wait(string header, string value, double seconds)
    {
        var server = FakeServer.Of(() => Limited(header, value), () => FakeServer.Events([Answers.Stop]));

        await AskAsync(server);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(_time.Waits));
    }

    [Fact]
    public async Task Wait_until_a_time_that_is_over_is_none()
    {
        var server = FakeServer.Of(() => Limited("Retry-After", "Fri, 01 Jan 1960 00:00:00 GMT"), () => FakeServer.Events([Answers.Stop]));

        await AskAsync(server);

        Assert.Empty(_time.Waits);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    public async Task Wait_that_is_none_is_passed_over(string value)
    {
        var server = FakeServer.Of(() => Limited("Retry-After", value), () => FakeServer.Events([Answers.Stop]));

        await AskAsync(server);

        Assert.InRange(Assert.Single(_time.Waits), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Wait_of_an_hour_is_told_and_not_waited_for()
    {
        var server = FakeServer.Of(() => Limited("Retry-After", "3600"));

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => AskAsync(server));

        Assert.Contains("Try again in 3600 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (server.Requests.Count, _time.Waits.Count));
    }

    [Fact]
    public async Task Connection_that_broke_before_a_reply_is_tried_again_and_one_that_is_refused_is_not()
    {
        var next = 0;
        var breaks = new FakeServer(_ => next++ == 0 ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended") : FakeServer.Events([Answers.Stop]));
        var down = new FakeServer(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));

        await AskAsync(breaks);
        var failure = await Assert.ThrowsAsync<OpenAIException>(() => AskAsync(down));

        Assert.Equal((2, 1), (breaks.Requests.Count, down.Requests.Count));
        Assert.Equal("Nothing answers at http://127.0.0.1:8080/v1 (Connection refused). Start the server, such as llama-server -m MODEL.gguf --port 8080, or check host and port.", failure.Message);
    }

    [Fact]
    public async Task Nothing_is_sent_again_once_an_answer_has_begun()
    {
        var server = FakeServer.Of(() => FakeServer.Events([Answers.Text("Half")]));

        await Assert.ThrowsAsync<OpenAIException>(() => AskAsync(server));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var server = FakeServer.Of(() => Limited("Retry-After", "50"));

        var asked = Answers.AskAsync(server, new() { Time = new ManualTime() }, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private static HttpResponseMessage Limited(string header, string value)
    {
        var reply = FakeServer.Json("", 429);
        reply.Headers.TryAddWithoutValidation(header, value);
        return reply;
    }

    private Task<ChatResponse> AskAsync(FakeServer server, int retries = 3) => Answers.AskAsync(server, new() { Time = _time, Timeout = SkippedTime.Never, MaxRetries = retries });
}
