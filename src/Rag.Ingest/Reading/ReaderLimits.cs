namespace Rag.Ingest.Reading;

/// <summary>What one source may cost; a source beyond a limit is refused with a <see cref="DocumentFormatException"/>.</summary>
public sealed record ReaderLimits
{
    /// <summary>The defaults.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>Bytes of the source. 1 to 1 GB; default 256 MB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int MaxBytes { get; init => field = InRange(value, 1 << 30); } = 256 << 20;

    /// <summary>UTF-16 code units of the text taken from it, which for packed formats can exceed its bytes. 1 to 2^29; default 2^28.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int MaxCharacters { get; init => field = InRange(value, 1 << 29); } = 1 << 28;

    /// <summary>Levels of nesting (quotes in lists, elements in elements). 1 to 1,000, so that walking a tree cannot exhaust the stack; default 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int MaxDepth { get; init => field = InRange(value, 1_000); } = 256;

    private static int InRange(int value, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, maximum);
        return value;
    }
}
