using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Rag.Storage.Records;

/// <summary>All of a version of a document but its text and its chunks: what lists, filters and writers look at.</summary>
internal sealed record StoredHead
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    /// <summary>Microseconds since 1970, or more; of two versions of a document the later one counts.</summary>
    public required long Generation { get; init; }

    /// <summary>Names the one write that made it, and groups its records.</summary>
    public required string Write { get; init; }

    public required string Title { get; init; }

    public required string Type { get; init; }

    public string? Path { get; init; }

    public string? Language { get; init; }

    public string Version { get; init; } = "";

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The findings, as <see cref="FindingCodec"/> writes them.</summary>
    public string? Findings { get; init; }

    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>Records over which the text is spread.</summary>
    public required int Texts { get; init; }

    public required int Chunks { get; init; }

    /// <summary>The first chunk of each record of chunks, as <see cref="LayoutCodec"/> writes it; none where there are no chunks.</summary>
    public byte[]? Packs { get; init; }

    /// <summary>Length of the vectors; 0 where there are none.</summary>
    public int Size { get; init; }

    public string? Model { get; init; }

    /// <summary>Chunks whose vector is all zeros: no service keeps such a vector.</summary>
    public IReadOnlyList<int> Zeros { get; init; } = [];

    /// <summary>The first chunk of each record of chunks, numbered from 0.</summary>
    [JsonIgnore]
    public Numbering? PackStarts => field ??= LayoutCodec.DecodeNumbering(Packs);

    [JsonIgnore]
    public VectorSpace? Space => Size == 0 ? null : new(Model, Size);

    /// <summary>The document without its text; what a filter is held against.</summary>
    [JsonIgnore]
    public Document Described => field ??= new(Id, Title, "", [])
    {
        MediaType = Type,
        Path = Path,
        Language = Language,
        Version = Version,
        Tags = Tags,
        Tenant = Tenant,
        Groups = Groups,
        Findings = FindingCodec.Decode(Findings),
    };

    [JsonIgnore]
    public StoredDocument Listed => new(Id, Title, Type, Chunks, IngestedAt, Version, Path, Tags) { Groups = Groups, Findings = Described.Findings, Vectors = Space };

    /// <summary>The ids of all its texts: of the document and of its chunks.</summary>
    public IEnumerable<string> TextIds() => Enumerable.Range(0, Texts).Select(i => RecordId.Text(Write, i)).Concat(PackIds());

    public IEnumerable<string> PackIds() => Enumerable.Range(0, PackStarts?.Count ?? 0).Select(i => RecordId.Pack(Write, i));

    public IEnumerable<string> VectorIds() => Size == 0 ? [] : Enumerable.Range(0, Chunks).Except(Zeros).Select(i => RecordId.Vector(Write, i));
}
