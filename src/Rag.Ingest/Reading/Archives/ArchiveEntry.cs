using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Archives;

/// <summary>A file in an archive, to be read or skipped before the next one is asked for.</summary>
/// <param name="Name">Its name as it stands there.</param>
/// <param name="Open">Opens its bytes.</param>
/// <param name="OnRead">Told of each piece of them.</param>
internal sealed record ArchiveEntry(string Name, Func<Stream> Open, Action<int> OnRead)
{
    private const int BufferLength = 80 << 10;

    /// <summary>Why it cannot be read; <see langword="null"/> where it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>An entry that cannot be read.</summary>
    public static ArchiveEntry Unreadable(string name, string problem) => new(name, () => Stream.Null, _ => { }) { Problem = problem };

    /// <summary>All of its bytes; <see langword="null"/> where there are more than <paramref name="most"/>. Damage becomes its <see cref="Problem"/>.</summary>
    public byte[]? Read(int most)
    {
        var content = new MemoryStream();
        return Walk(piece => content.Write(piece), () => content.Length > most) ? content.Length > most ? null : content.ToArray() : [];
    }

    /// <summary>Passes over its bytes, and counts them.</summary>
    public void Skip() => Walk(_ => { }, () => false);

    private bool Walk(ReadOnlySpanAction take, Func<bool> isEnough)
    {
        if (Problem is not null)
        {
            return false;
        }

        try
        {
            using var stream = new LimitedStream(Open(), OnRead);
            var buffer = new byte[BufferLength];
            while (!isEnough() && stream.Read(buffer) is > 0 and var read)
            {
                take(buffer.AsSpan(0, read));
            }

            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            Problem = "it is damaged or packed in a way that is not supported";
            return false;
        }
    }

    private delegate void ReadOnlySpanAction(ReadOnlySpan<byte> piece);
}
