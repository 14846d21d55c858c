namespace Rag.Agents.Tools;

/// <summary>What an <see cref="HttpTool"/> may do beyond asking the hosts that it is given.</summary>
public sealed record HttpToolOptions
{
    /// <summary>Whether addresses may begin with http, which anyone on the way can read and change. Default no.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Bytes that are read of a page after decompression, at least 1; the rest is left out. Default one million.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000_000;

    /// <summary>Wall time of a call with its redirects, more than zero. Default fifteen seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(15);
}
