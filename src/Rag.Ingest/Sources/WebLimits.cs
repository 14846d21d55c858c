namespace Rag.Ingest.Sources;

/// <summary>What one crawl may cost. A crawl that meets a limit ends there, says so and deletes nothing.</summary>
public sealed record WebLimits
{
    /// <summary>Addresses that are asked for, at least 1; robots.txt and sitemaps do not count. Default 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxPages { get; init => field = AtLeast(value, 1); } = 1000;

    /// <summary>Links between the first page and the last, at least 0. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public int MaxDepth { get; init => field = AtLeast(value, 0); } = 3;

    /// <summary>Bytes of one answer after decompression, at least 1. Default 32 MB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxResponseBytes { get; init => field = AtLeast(value, 1); } = 32 << 20;

    /// <summary>Bytes of all answers together after decompression, at least 1. Default 1 GB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long MaxTotalBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1L << 30;

    /// <summary>Wall time of one answer with its redirects, more than zero. Default 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan ResponseTimeout { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Wall time after which no further page is asked for, more than zero. Default one hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan TotalTime { get; init => field = MoreThanZero(value); } = TimeSpan.FromHours(1);

    private static int AtLeast(int value, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum);
        return value;
    }

    private static TimeSpan MoreThanZero(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
