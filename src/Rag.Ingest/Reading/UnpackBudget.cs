namespace Rag.Ingest.Reading;

/// <summary>What may be unpacked of one container with all those inside it, so that a small file cannot ask for endless work. Not safe for concurrent use.</summary>
/// <param name="maxBytes">Bytes in all, at least 1. Default 1 GB.</param>
/// <param name="maxEntries">Entries in all, at least 1. Default 10,000.</param>
public sealed class UnpackBudget(long maxBytes = 1L << 30, int maxEntries = 10_000)
{
    // Text shrinks 3 to 20 times, logs up to 100 times; a bomb 1,000 times.
    private const int MaxRatio = 200;
    private const long FreeOfRatio = 16L << 20;

    private readonly long _maxBytes = maxBytes;
    private readonly int _maxEntries = maxEntries;
    private long _bytes; // taken
    private int _entries;

    /// <summary>Whether one that took from it was refused: nothing inside is opened any more.</summary>
    internal bool IsSpent => _bytes > _maxBytes || _entries > _maxEntries;

    /// <summary>Takes one entry from it.</summary>
    /// <exception cref="DocumentFormatException">There are too many.</exception>
    public void TakeEntry(string documentId)
    {
        if (++_entries > _maxEntries)
        {
            throw new DocumentFormatException(documentId, $"it and the containers around it hold more than {_maxEntries:N0} entries. Unpack it into a folder and ingest that.");
        }
    }

    /// <summary>Takes bytes from it.</summary>
    /// <param name="documentId">The container that is being unpacked.</param>
    /// <param name="bytes">Bytes that came just now.</param>
    /// <param name="unpacked">Bytes that have come of this container so far, those included.</param>
    /// <param name="packed">Bytes of the container itself.</param>
    /// <exception cref="DocumentFormatException">There are too many, in all or for a container of this size.</exception>
    public void TakeBytes(string documentId, int bytes, long unpacked, long packed)
    {
        _bytes += bytes;
        if (_bytes > _maxBytes)
        {
            throw new DocumentFormatException(documentId, $"it and the containers around it unpack to more than {_maxBytes:N0} bytes. Unpack it into a folder and ingest that.");
        }

        if (unpacked > FreeOfRatio && unpacked / MaxRatio > packed)
        {
            throw new DocumentFormatException(documentId, $"it has {packed:N0} bytes and unpacks to more than {unpacked:N0}, {MaxRatio} times as much. It is damaged or made to do harm; if it is neither, unpack it into a folder and ingest that.");
        }
    }
}
