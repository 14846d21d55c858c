namespace Rag.Pdf;

/// <summary>How a PDF is opened, and how much one file may cost.</summary>
public sealed class PdfOptions
{
    /// <summary>User or owner password; <see langword="null"/>: only the empty one is tried.</summary>
    public string? Password { get; init; }

    /// <summary>The most bytes that one stream may decode to; the rest is cut off with a warning. Default 64 MiB, at least 1.</summary>
    public int MaxStreamBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 64 << 20;

    /// <summary>Whether running heads, feet and page numbers are left out of the text. Default <see langword="true"/>.</summary>
    public bool SkipRunningHeads { get; init; } = true;

    /// <summary>Whether text that nobody sees (invisible, white on white, off the page, tiny) is left out of the text. Default <see langword="true"/>; it is counted in the warnings either way.</summary>
    public bool SkipHiddenText { get; init; } = true;
}
