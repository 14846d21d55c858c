using System.Globalization;

namespace Rag.Agents.Tools.Mcp;

/// <summary>What a server writes, until it ends or writes too much at once: a line that is too long, or too many bytes since something was last asked.</summary>
internal sealed class LimitedStream(Stream inner, int maxLine) : Stream
{
    private const int MaxLines = 4; // lines of the longest length

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _line;
    private long _unasked;

    /// <summary>Completes when nothing more will come, and says why, as the end of a sentence.</summary>
    public Task<string> Ended => _ended.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Something is asked, so an answer may come.</summary>
    public void Ask() => Interlocked.Exchange(ref _unasked, 0);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended.Task.IsCompleted)
        {
            return 0;
        }

        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            read = 0;
        }

        var bytes = buffer.Span[..read];
        for (var rest = bytes; rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)'\n');
            _line += end < 0 ? rest.Length : end;
            if (_line > maxLine)
            {
                break;
            }

            _line = end < 0 ? _line : 0;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        var problem = read == 0 ? "it has ended"
            : _line > maxLine ? string.Create(CultureInfo.InvariantCulture, $"it wrote a message of more than {maxLine} bytes")
            : Interlocked.Add(ref _unasked, read) > (long)maxLine * MaxLines ? string.Create(CultureInfo.InvariantCulture, $"it wrote more than {(long)maxLine * MaxLines} bytes that nobody asked for")
            : null;
        if (problem is null)
        {
            return read;
        }

        _ended.TrySetResult(problem);
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
