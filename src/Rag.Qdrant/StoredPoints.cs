using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Security.Cryptography;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>Documents and chunks as points, and back.</summary>
internal static class StoredPoints
{
    /// <summary>Parts of a document's payload that a list of documents leaves out.</summary>
    public static PayloadSelector WithoutText { get; } = new() { Exclude = ["text", "blocks", "boxes", "pages", "lines", "warnings"] };

    public static string DocumentId(string tenant, string document) => Id("document", tenant, document);

    public static Point Of(Document document, IReadOnlyList<EmbeddedChunk> chunks, long generation, string write, DateTimeOffset at) => new(
        DocumentId(document.Tenant, document.Id),
        new(),
        Common(document, Visibility.Switching, generation, write) with
        {
            Text = document.Text,
            Pages = LayoutCodec.Encode(document.Pages),
            Lines = LayoutCodec.Encode(document.Lines),
            Boxes = LayoutCodec.Encode(document.Boxes),
            Blocks = LayoutCodec.Encode(document.Blocks),
            Warnings = document.Warnings,
            Findings = FindingCodec.Encode(document.Findings),
            Version = document.Version,
            Chunks = chunks.Count,
            IngestedAt = at,
            Dimensions = chunks is [var first, ..] ? Dimensions(first) : null,
            Model = chunks is [{ Vector.IsEmpty: false, Model: var model }, ..] ? model : null,
        });

    public static Point Of(Document document, EmbeddedChunk embedded, int index, long generation, string write)
    {
        var chunk = embedded.Chunk;
        var (words, length) = SparseWords.Of(chunk);
        return new(
            Id("chunk", document.Tenant, document.Id, FormattableString.Invariant($"{write}#{index}")),
            new(words, embedded.Vector),
            Common(document, Visibility.Staged, generation, write) with
            {
                Text = chunk.Text,
                Index = index,
                Start = chunk.Span.Start,
                Context = chunk.Context,
                Length = length,
                Pages = LayoutCodec.Encode(chunk.Pages),
                Lines = LayoutCodec.Encode(chunk.Lines),
                Boxes = LayoutCodec.Encode(chunk.Boxes),
                Dimensions = Dimensions(embedded),
                Model = embedded.Vector.IsEmpty ? null : embedded.Model,
            });
    }

    public static Document Document(PointPayload payload) => new(payload.Document, payload.Title, payload.Text, LayoutCodec.DecodeBlocks(payload.Blocks!))
    {
        MediaType = payload.Type!,
        Path = payload.Path,
        Language = payload.Language,
        Pages = LayoutCodec.DecodeNumbering(payload.Pages),
        Lines = LayoutCodec.DecodeNumbering(payload.Lines),
        Boxes = Boxes(payload.Boxes),
        Warnings = payload.Warnings ?? [],
        Version = payload.Version ?? "",
        Tags = Tags(payload),
        Findings = FindingCodec.Decode(payload.Findings),
        Tenant = payload.Tenant,
        Groups = [.. Visibility.GroupsOf(payload.Groups!)],
    };

    public static StoredDocument Listed(PointPayload payload) =>
        new(payload.Document, payload.Title, payload.Type!, payload.Chunks!.Value, payload.IngestedAt!.Value, payload.Version ?? "", payload.Path, Tags(payload)) { Groups = [.. Visibility.GroupsOf(payload.Groups!)], Findings = FindingCodec.Decode(payload.Findings), Vectors = Space(payload) };

    /// <summary>Model and length of a document's vectors, or of a chunk's; <see langword="null"/> where it has none.</summary>
    public static VectorSpace? Space(PointPayload payload) => payload.Dimensions is { } size ? new(payload.Model, int.Parse(size, CultureInfo.InvariantCulture)) : null;

    public static string ChunkId(PointPayload chunk) => FormattableString.Invariant($"{chunk.Document}#{chunk.Index}");

    public static Chunk Chunk(PointPayload payload) => new(
        ChunkId(payload),
        payload.Document,
        payload.Text,
        new(payload.Start!.Value, payload.Start.Value + payload.Text.Length))
    {
        Context = payload.Context ?? "",
        Title = payload.Title,
        Path = payload.Path,
        Language = payload.Language,
        Pages = LayoutCodec.DecodeNumbering(payload.Pages),
        Lines = LayoutCodec.DecodeNumbering(payload.Lines),
        Boxes = Boxes(payload.Boxes),
        Tags = Tags(payload),
    };

    private static PointPayload Common(Document document, string kind, long generation, string write) => new()
    {
        Kind = kind,
        Tenant = document.Tenant,
        Document = document.Id,
        Generation = generation,
        Write = write,
        Path = document.Path,
        Type = document.MediaType,
        Language = document.Language,
        Groups = Visibility.Groups(document),
        Labels = Visibility.Labels(document),
        Tags = document.Tags,
        Title = document.Title,
    };

    private static string? Dimensions(EmbeddedChunk chunk) => chunk.Vector.IsEmpty ? null : FormattableString.Invariant($"{chunk.Vector.Length}");

    private static IReadOnlyDictionary<string, string> Tags(PointPayload payload) => payload.Tags ?? ReadOnlyDictionary<string, string>.Empty;

    private static WordBoxes? Boxes(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var words = new List<WordBox>();
        LayoutCodec.DecodeBoxes(bytes, new(0, int.MaxValue), words);
        return new(words);
    }

    /// <summary>A UUID that is the same for the same words, each hashed behind its length so that none runs into the next.</summary>
    private static string Id(params ReadOnlySpan<string> words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, word.Length);
            hash.AppendData(length);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(word.AsSpan()));
        }

        return new Guid(hash.GetHashAndReset().AsSpan(0, 16)).ToString();
    }
}
