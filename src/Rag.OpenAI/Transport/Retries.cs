using Polly;
using Polly.Retry;

namespace Rag.OpenAI.Transport;

/// <summary>Sends again, after a wait that doubles or that the server names, what may work a moment later.</summary>
internal sealed class Retries
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    // A server that asks for more patience than this gets none: the caller should know.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ResiliencePipeline<Reply> _pipeline;

    public Retries(int atMost, TimeProvider time) => _pipeline = atMost == 0 ? ResiliencePipeline<Reply>.Empty : new ResiliencePipelineBuilder<Reply> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<Reply>
        {
            MaxRetryAttempts = atMost,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = First,
            MaxDelay = Longest,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is OpenAIException { IsPassing: true } || (args.Outcome.Result is { } reply && IsPassing(reply))),
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        })
        .Build();

    public async Task<Reply> RunAsync(Func<CancellationToken, Task<Reply>> send, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await send(token), cancellationToken);

    private static bool IsPassing(Reply reply) => reply.Status is 408 or 429 or 500 or 502 or 503 or 504 && !(reply.RetryAfter > Longest);
}
