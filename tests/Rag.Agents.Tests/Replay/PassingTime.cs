using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

internal static class PassingTime
{
    /// <summary>Lets time pass until the caller has had enough, and then ends as it should, or never.</summary>
    public static async Task PassUntilAsync(this ManualTime time, bool leaves, CancellationToken cancellationToken)
    {
        for (var seconds = 0; seconds < 1000 && !cancellationToken.IsCancellationRequested; seconds++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Task.Delay(Timeout.Infinite, leaves ? cancellationToken : CancellationToken.None);
    }
}
