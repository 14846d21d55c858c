using System.Collections.ObjectModel;

namespace Rag;

/// <summary>A source file after parsing: its whole text once, and blocks that point into it.</summary>
/// <param name="Id">Stable identity within its tenant; storing the same id again replaces the earlier version.</param>
/// <param name="Title">Title shown in citations.</param>
/// <param name="Text">The extracted text; every span counts in this string.</param>
/// <param name="Blocks">Blocks in reading order, not overlapping; together they cover all text but white space.</param>
public sealed record Document(string Id, string Title, string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>Media type of the source, such as <c>text/markdown</c>. Default <c>text/plain</c>.</summary>
    public string MediaType { get; init; } = "text/plain";

    /// <summary>Where the source lies, as a person would open it: a file path or an address. <see langword="null"/> when it has no place.</summary>
    public string? Path { get; init; }

    /// <summary>Two-letter ISO 639-1 code of the main language, such as <c>en</c>, or <see langword="null"/> when not known.</summary>
    public string? Language { get; init; }

    /// <summary>Pages of the source in <see cref="Text"/>, or <see langword="null"/> where the format has none.</summary>
    public Numbering? Pages { get; init; }

    /// <summary>Lines of the source file in <see cref="Text"/>, or <see langword="null"/> where the format has none.</summary>
    public Numbering? Lines { get; init; }

    /// <summary>Where the words of <see cref="Text"/> stand on the pages, or <see langword="null"/> where the format does not say.</summary>
    public WordBoxes? Boxes { get; init; }

    /// <summary>What the reader had to repair or leave out, one sentence each. Default none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Changes when the source or the way it is ingested changes; empty when not tracked. Compared, never interpreted.</summary>
    public string Version { get; init; } = "";

    /// <summary>Labels to filter by, such as <c>product = ledger</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What enrichers found out about it, beside the tags; where a tag has the name of a finding, filters see the tag. Default none.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];

    /// <summary>What the source says of itself outside its text, as it is written there, such as <c>created</c> of an office file. For enrichers; stores do not keep it. Default none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whose document it is. Searches see exactly one tenant. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Groups that may see it; none means everyone in the tenant. Default none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
