using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Rag.Generation;

/// <summary>Reads a stream on a thread of its own, so that a source which ignores its token cannot hold up a reader that heeds it.</summary>
internal static class DetachedStream
{
    // Enough that the source need not wait for each piece, few enough that an abandoned source soon stops.
    private const int Ahead = 64;

    /// <summary>The items of <paramref name="source"/> and then its exception, if it throws one.</summary>
    public static async IAsyncEnumerable<T> RunAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = stop.Token;
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        _ = Task.Run(() => PumpAsync(source, channel.Writer, token), CancellationToken.None);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(token))
            {
                yield return item;
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task PumpAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, ChannelWriter<T> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in source(cancellationToken).WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(item, cancellationToken);
            }

            writer.Complete();
        }
        catch (Exception e)
        {
            // Not swallowed: the reader throws it.
            writer.Complete(e);
        }
    }
}
