using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A point's id: an unsigned integer or a UUID. Integers come before UUIDs, as a scroll sees them.</summary>
internal readonly record struct PointId(bool IsUuid, UInt128 Value) : IComparable<PointId>
{
    public static PointId Read(JsonNode? node)
    {
        if (node is JsonValue value)
        {
            if (value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<ulong>(out var number))
            {
                return new(false, number);
            }

            if (value.GetValueKind() == JsonValueKind.String && Guid.TryParse(value.GetValue<string>(), out var uuid))
            {
                return new(true, BinaryPrimitives.ReadUInt128BigEndian(uuid.ToByteArray(bigEndian: true)));
            }
        }

        throw QdrantRefusalException.Format($"value {node?.ToJsonString() ?? "null"} is not a valid point ID, valid values are either an unsigned integer or a UUID");
    }

    public static IReadOnlyList<PointId> ReadAll(JsonNode? node) =>
        node is JsonArray array ? [.. array.Select(Read)] : throw QdrantRefusalException.Format("invalid type, expected a sequence of point IDs");

    public JsonNode ToJson() => IsUuid ? JsonValue.Create(ToString()) : JsonValue.Create((ulong)Value);

    public int CompareTo(PointId other) => IsUuid == other.IsUuid ? Value.CompareTo(other.Value) : IsUuid.CompareTo(other.IsUuid);

    public override string ToString()
    {
        if (!IsUuid)
        {
            return Value.ToString(CultureInfo.InvariantCulture);
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
