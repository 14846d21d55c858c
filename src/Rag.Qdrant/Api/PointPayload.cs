namespace Rag.Qdrant.Api;

/// <summary>What a point holds beside its vectors: the fields that filters and writers look at, and what they stand for.</summary>
internal sealed record PointPayload
{
    /// <summary><c>document</c>, <c>switching</c> for one that is just being replaced, <c>chunk</c>, or <c>staged</c> for a chunk that is not to be found yet.</summary>
    public required string Kind { get; init; }

    public required string Tenant { get; init; }

    public required string Document { get; init; }

    /// <summary>Microseconds since 1970; of two versions of a document the later one counts.</summary>
    public required long Generation { get; init; }

    /// <summary>Names the one write that made it.</summary>
    public required string Write { get; init; }

    public string? Path { get; init; }

    public string? Type { get; init; }

    public string? Language { get; init; }

    /// <summary><see cref="Visibility"/>'s names of the groups that may see it.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary><see cref="Visibility"/>'s names of tags with their values.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Of a document: its findings, as <see cref="Rag.Storage.FindingCodec"/> writes them.</summary>
    public string? Findings { get; init; }

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Of a chunk: 0-based place among the document's chunks.</summary>
    public int? Index { get; init; }

    public int? Start { get; init; }

    public string? Context { get; init; }

    /// <summary>Of a chunk: its terms as BM25 counts them.</summary>
    public int? Length { get; init; }

    public byte[]? Pages { get; init; }

    public byte[]? Lines { get; init; }

    public byte[]? Boxes { get; init; }

    /// <summary>Of a document: its blocks.</summary>
    public byte[]? Blocks { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    public string? Version { get; init; }

    public int? Chunks { get; init; }

    public DateTimeOffset? IngestedAt { get; init; }

    /// <summary>Length of a document's or a chunk's vectors and the model that made them; filters look for those of documents.</summary>
    public string? Dimensions { get; init; }

    public string? Model { get; init; }
}
