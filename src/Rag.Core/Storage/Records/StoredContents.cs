using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Storage.Records;

/// <summary>The text of a document with its layout.</summary>
internal sealed record StoredText(string Text, byte[] Blocks)
{
    public byte[]? Pages { get; init; }

    public byte[]? Lines { get; init; }

    public byte[]? Boxes { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }
}

/// <summary>A chunk without what it has from its document.</summary>
internal sealed record StoredChunk(int Start, string Text)
{
    public string? Context { get; init; }

    public byte[]? Pages { get; init; }

    public byte[]? Lines { get; init; }

    public byte[]? Boxes { get; init; }
}

/// <summary>Documents and chunks as records, and back.</summary>
internal static class StoredContents
{
    // A search reads the whole record for each chunk that it found, so records are kept small where the chunks are.
    private const int PackBytes = 8_000;

    private static readonly RecordJson Json = new(new JsonSerializerOptions(RecordJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of(StoredHead head) => JsonSerializer.Serialize(head, Json.StoredHead);

    public static StoredHead Head(string body) => JsonSerializer.Deserialize(body, Json.StoredHead)!;

    /// <summary>The text of a document in parts, none longer than a record takes.</summary>
    public static IReadOnlyList<string> Texts(Document document, int maxBytes)
    {
        var text = new StoredText(document.Text, LayoutCodec.Encode(document.Blocks))
        {
            Pages = LayoutCodec.Encode(document.Pages),
            Lines = LayoutCodec.Encode(document.Lines),
            Boxes = LayoutCodec.Encode(document.Boxes),
            Warnings = document.Warnings,
        };
        return [.. Parts(JsonSerializer.Serialize(text, Json.StoredText), maxBytes)];
    }

    public static Document Document(StoredHead head, string body)
    {
        var text = JsonSerializer.Deserialize(body, Json.StoredText)!;
        return head.Described with
        {
            Text = text.Text,
            Blocks = LayoutCodec.DecodeBlocks(text.Blocks),
            Pages = LayoutCodec.DecodeNumbering(text.Pages),
            Lines = LayoutCodec.DecodeNumbering(text.Lines),
            Boxes = Boxes(text.Boxes),
            Warnings = text.Warnings ?? [],
        };
    }

    /// <summary>The chunks of a document, a few in each record, and the first one of each record.</summary>
    /// <exception cref="StoreException">A chunk is longer than a record takes.</exception>
    public static (IReadOnlyList<string> Bodies, Numbering? Starts) Packs(IReadOnlyList<EmbeddedChunk> chunks, int maxBytes)
    {
        var (bodies, starts) = (new List<string>(), new List<int>());
        var (pack, bytes) = (new List<string>(), 0);
        foreach (var (index, (chunk, _)) in chunks.Index())
        {
            var json = JsonSerializer.Serialize(Of(chunk), Json.StoredChunk);
            var length = Encoding.UTF8.GetByteCount(json) + 2;
            if (length > maxBytes)
            {
                throw new StoreException($"Chunk '{chunk.Id}' takes {length} bytes with its layout, and a record of this store takes {maxBytes}. Cut the document into smaller chunks.");
            }

            if (pack.Count == 0 || bytes + length > Math.Min(PackBytes, maxBytes))
            {
                Close();
                starts.Add(index);
            }

            pack.Add(json);
            bytes += length;
        }

        Close();
        return (bodies, starts.Count == 0 ? null : new(starts, 0));

        void Close()
        {
            if (pack.Count > 0)
            {
                bodies.Add($"[{string.Join(',', pack)}]");
            }

            (pack, bytes) = ([], 0);
        }
    }

    /// <summary>The chunks in a record, the first of them with this number.</summary>
    public static IReadOnlyList<Chunk> Chunks(StoredHead head, string body, int first) =>
    [
        .. JsonSerializer.Deserialize(body, Json.IReadOnlyListStoredChunk)!.Select((c, i) => new Chunk(FormattableString.Invariant($"{head.Id}#{first + i}"), head.Id, c.Text, new(c.Start, c.Start + c.Text.Length))
        {
            Context = c.Context ?? "",
            Title = head.Title,
            Path = head.Path,
            Language = head.Language,
            Pages = LayoutCodec.DecodeNumbering(c.Pages),
            Lines = LayoutCodec.DecodeNumbering(c.Lines),
            Boxes = Boxes(c.Boxes),
            Tags = head.Tags,
        }),
    ];

    private static StoredChunk Of(Chunk chunk) => new(chunk.Span.Start, chunk.Text)
    {
        Context = chunk.Context.Length == 0 ? null : chunk.Context,
        Pages = LayoutCodec.Encode(chunk.Pages),
        Lines = LayoutCodec.Encode(chunk.Lines),
        Boxes = LayoutCodec.Encode(chunk.Boxes),
    };

    private static IEnumerable<string> Parts(string text, int maxBytes)
    {
        var (from, bytes) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, i); // the JSON holds no half of a pair
            if (bytes + rune.Utf8SequenceLength > maxBytes)
            {
                yield return text[from..i];
                (from, bytes) = (i, 0);
            }

            (i, bytes) = (i + rune.Utf16SequenceLength, bytes + rune.Utf8SequenceLength);
        }

        yield return text[from..];
    }

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
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(AnyText)])]
[JsonSerializable(typeof(StoredHead))]
[JsonSerializable(typeof(StoredText))]
[JsonSerializable(typeof(IReadOnlyList<StoredChunk>))]
internal sealed partial class RecordJson : JsonSerializerContext;
