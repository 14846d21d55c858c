using System.Text;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>Where text goes.</summary>
internal enum RtfTarget
{
    /// <summary>It is shown.</summary>
    Body,

    /// <summary>It is not shown.</summary>
    Nowhere,

    /// <summary>The table of fonts.</summary>
    Fonts,

    /// <summary>The table of styles.</summary>
    Styles,

    /// <summary>The title.</summary>
    Title,

    /// <summary>The bullet or number of a list item.</summary>
    Mark,

    /// <summary>A footnote.</summary>
    Note,
}

/// <summary>What holds until the end of a group.</summary>
/// <param name="Target">Where text goes.</param>
/// <param name="Encoding">How bytes are read.</param>
internal readonly record struct RtfState(RtfTarget Target, Encoding Encoding)
{
    /// <summary>Whether text is hidden or deleted.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Characters that follow one written as <c>\u</c>, for readers that do not know it.</summary>
    public int Fallback { get; init; } = 1;

    /// <summary>Number of the font or the style that a group of their tables describes.</summary>
    public int Entry { get; init; } = -1;
}
