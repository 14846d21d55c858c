using Microsoft.Extensions.Hosting;

namespace Rag.Api;

/// <summary>How requests end with the server: they go on for a while, then each is told so in a whole answer or event.</summary>
internal sealed class ServerStop : IDisposable
{
    /// <summary>What requests still have: most answers are done by then, and containers are killed after ten seconds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    public ServerStop(IHostApplicationLifetime lifetime, TimeProvider time) =>
        _stopping = lifetime.ApplicationStopping.Register(() => _timer = time.CreateTimer(_ => _over.Cancel(), null, Grace, Timeout.InfiniteTimeSpan));

    /// <summary>Cancelled when requests have to end.</summary>
    public CancellationToken IsOver => _over.Token;

    /// <summary>What is said then.</summary>
    public static ApiProblemException Problem() =>
        new(StatusCodes.Status503ServiceUnavailable, "stopping", "The server stops, so this ended before it was done. Ask again in a moment.") { RetryAfter = 1 };

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
        _over.Dispose();
    }
}
