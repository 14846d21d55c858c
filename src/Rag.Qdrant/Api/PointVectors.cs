using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Qdrant.Api;

/// <summary>Term ids, each once, and their weights.</summary>
internal sealed record SparseVector(IReadOnlyList<uint> Indices, IReadOnlyList<float> Values);

/// <summary>What a point is found by: its words and, where it has one, a dense vector under the name of its length.</summary>
[JsonConverter(typeof(PointVectorsConverter))]
internal sealed record PointVectors(SparseVector? Words = null, ReadOnlyMemory<float> Dense = default)
{
    public const string WordsName = "words";

    private const string Prefix = "dense-";

    public static string DenseName(int size) => FormattableString.Invariant($"{Prefix}{size}");

    public static bool IsDense(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}

internal sealed class PointVectorsConverter : JsonConverter<PointVectors>
{
    public override PointVectors Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var (words, dense) = (default(SparseVector), Array.Empty<float>());
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var vector in json.RootElement.EnumerateObject())
            {
                if (vector.Name == PointVectors.WordsName)
                {
                    words = new([.. vector.Value.GetProperty("indices").EnumerateArray().Select(i => i.GetUInt32())], Floats(vector.Value.GetProperty("values")));
                }
                else if (PointVectors.IsDense(vector.Name))
                {
                    dense = Floats(vector.Value);
                }
            }
        }

        return new(words, dense);
    }

    public override void Write(Utf8JsonWriter writer, PointVectors value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Words is { Indices.Count: > 0 } words)
        {
            writer.WriteStartObject(PointVectors.WordsName);
            writer.WriteStartArray("indices");
            foreach (var index in words.Indices)
            {
                writer.WriteNumberValue(index);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("values");
            Write(writer, words.Values);
            writer.WriteEndObject();
        }

        if (!value.Dense.IsEmpty)
        {
            writer.WritePropertyName(PointVectors.DenseName(value.Dense.Length));
            Write(writer, value.Dense.ToArray());
        }

        writer.WriteEndObject();
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<float> numbers)
    {
        writer.WriteStartArray();
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
