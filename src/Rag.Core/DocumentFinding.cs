namespace Rag;

/// <summary>Something that an enricher found out about a document, with where it has it from. Filters see it as they see tags.</summary>
/// <param name="Name">What was found, such as <c>date</c> or <c>pii</c>; several findings may share it.</param>
/// <param name="Value">What it is, such as <c>2024-03-31</c>. Filters see values of up to <see cref="MaxFiltered"/> characters.</param>
/// <param name="Source">Method and version that found it, such as <c>date-1</c>.</param>
public sealed record DocumentFinding(string Name, string Value, string Source)
{
    /// <summary>UTF-16 code units of the longest value that filters see; longer ones are sentences and signatures, which nobody filters by.</summary>
    public const int MaxFiltered = 100;

    /// <summary>The places in <see cref="Document.Text"/> that say it, ascending; an enricher gives the first few of many. Default none: it does not come from the text.</summary>
    public IReadOnlyList<TextSpan> Spans { get; init; } = [];

    /// <summary>How often it was found, at least 1; more than <see cref="Spans"/> where those are the first few. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Where it was read when that is not the text, such as <c>file name</c>. Default <see langword="null"/>.</summary>
    public string? From { get; init; }

    /// <summary>The model that found it; <see langword="null"/> (the default) where none was asked.</summary>
    public string? Model { get; init; }

    /// <summary>How sure or how similar, 0 to 1, as its source defines it; <see langword="null"/> (the default) where it does not.</summary>
    public double? Confidence { get; init; }
}
