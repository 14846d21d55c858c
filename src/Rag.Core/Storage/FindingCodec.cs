using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Storage;

/// <summary>Findings as one text that every store keeps beside the tags.</summary>
internal static class FindingCodec
{
    private static readonly FindingJson Json = new(new JsonSerializerOptions(FindingJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The findings in JSON; <see langword="null"/> for none.</summary>
    public static string? Encode(IReadOnlyList<DocumentFinding> findings) =>
        findings.Count == 0 ? null : JsonSerializer.Serialize([.. findings.Select(StoredFinding.Of)], Json.StoredFindingArray);

    /// <summary>The findings; none of no text or an empty one.</summary>
    /// <exception cref="InvalidDataException">The text was not written by <see cref="Encode"/>.</exception>
    public static IReadOnlyList<DocumentFinding> Decode(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        try
        {
            return [.. JsonSerializer.Deserialize(text, Json.StoredFindingArray)!.Select(f => f.Finding())];
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("the findings of a document are damaged", e);
        }
    }
}

/// <summary>A finding with its spans as start, end, start, end.</summary>
internal sealed record StoredFinding(string Name, string Value, string Source)
{
    public int[]? Spans { get; init; }

    public int? Count { get; init; }

    public string? From { get; init; }

    public string? Model { get; init; }

    public double? Confidence { get; init; }

    public static StoredFinding Of(DocumentFinding finding) => new(finding.Name, finding.Value, finding.Source)
    {
        Spans = finding.Spans.Count == 0 ? null : [.. finding.Spans.SelectMany(s => (int[])[s.Start, s.End])],
        Count = finding.Count == 1 ? null : finding.Count,
        From = finding.From,
        Model = finding.Model,
        Confidence = finding.Confidence,
    };

    public DocumentFinding Finding() => new(Name, Value, Source)
    {
        Spans = [.. (Spans ?? []).Chunk(2).Select(s => new TextSpan(s[0], s[^1]))],
        Count = Count ?? 1,
        From = From,
        Model = Model,
        Confidence = Confidence,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(AnyText)])]
[JsonSerializable(typeof(StoredFinding[]))]
internal sealed partial class FindingJson : JsonSerializerContext;
