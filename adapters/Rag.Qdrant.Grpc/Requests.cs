using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc;

/// <summary>Requests in REST's form as messages. The two have the same names and nesting; where they have not, <see cref="Whole"/> and <see cref="Name"/> say how the one becomes the other.</summary>
internal static class Requests
{
    /// <exception cref="NotSupportedException">The message has no such field: nothing is left out silently.</exception>
    public static T Read<T>(JsonElement json)
        where T : IMessage, new()
    {
        var message = new T();
        Read(json, message);
        return message;
    }

    private static void Read(JsonElement json, IMessage into)
    {
        if (Whole(json, into) is { } whole)
        {
            Set(into, whole, json);
            return;
        }

        foreach (var field in json.EnumerateObject())
        {
            Set(into, Name(field.Name, into), field.Value);
        }
    }

    /// <summary>The field that takes all of the JSON, where a message says more exactly than REST what it holds; null where each field has its own.</summary>
    private static string? Whole(JsonElement json, IMessage message) => message switch
    {
        Proto.Condition => Has(json, "is_empty") ? null : Has(json, "key") ? "field" : "filter",
        Proto.PointId => "uuid",
        Proto.Vectors => "vectors",
        Proto.Vector or Proto.VectorInput => json.ValueKind == JsonValueKind.Array ? "dense" : "sparse",
        Proto.VectorsConfig => "params_map",
        Proto.Query when Has(json, "mmr") => "nearest_with_mmr",
        Proto.WithPayloadSelector => json.ValueKind == JsonValueKind.Object ? null : "enable",
        Proto.WithVectorsSelector => json.ValueKind == JsonValueKind.Array ? "include" : "enable",
        Proto.PointsUpdateOperation.Types.DeletePoints => "points",
        Proto.PointsSelector when !Has(json, "filter") => "filter",
        Proto.Value => json.ValueKind switch
        {
            JsonValueKind.String => "string_value",
            JsonValueKind.Array => "list_value",
            JsonValueKind.Object => "struct_value",
            JsonValueKind.True or JsonValueKind.False => "bool_value",
            _ => json.TryGetInt64(out _) ? "integer_value" : "double_value",
        },
        _ => message.Descriptor.Fields.InDeclarationOrder() is [{ IsRepeated: true } only] ? only.Name : null,
    };

    private static string Name(string field, IMessage message) => (field, message) switch
    {
        ("value", Proto.Match) => "keyword",
        ("any", Proto.Match) => "keywords",
        ("vector", Proto.PointStruct) => "vectors",
        ("with_vector", _) => "with_vectors",
        ("delete", Proto.PointsUpdateOperation) => "delete_points",
        ("filter", Proto.PointsUpdateOperation.Types.SetPayload) => "points_selector",
        ("vectors" or "sparse_vectors", Proto.CreateCollection) => field + "_config",
        ("dense", Proto.CreateVectorNameRequest) => "dense_config",
        _ => field,
    };

    private static bool Has(JsonElement json, string field) => json.TryGetProperty(field, out _);

    private static void Set(IMessage into, string name, JsonElement json)
    {
        var field = into.Descriptor.FindFieldByName(name) ?? throw new NotSupportedException($"The message {into.Descriptor.Name} has no field '{name}', so this request does not go over gRPC here; open the store over REST for it.");
        switch (field.IsRepeated ? field.Accessor.GetValue(into) : null)
        {
            case null:
                field.Accessor.SetValue(into, Value(json, field));
                break;
            case RepeatedField<float> numbers: // most of what is sent, so without the detour over objects
                numbers.AddRange(json.EnumerateArray().Select(n => n.GetSingle()));
                break;
            case IDictionary map:
                var value = field.MessageType.FindFieldByNumber(2);
                foreach (var entry in json.EnumerateObject())
                {
                    map[entry.Name] = Value(entry.Value, value);
                }

                break;
            case IList list:
                foreach (var element in json.EnumerateArray())
                {
                    list.Add(Value(element, field));
                }

                break;
        }
    }

    private static object Value(JsonElement json, FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.String:
                return json.GetString()!;
            case FieldType.Bool:
                return json.GetBoolean();
            case FieldType.UInt32:
                return json.GetUInt32();
            case FieldType.UInt64:
                return json.GetUInt64();
            case FieldType.Int64:
                return json.GetInt64();
            case FieldType.Float:
                return json.GetSingle();
            case FieldType.Double: // also a range's bounds; those of the store, microseconds since 1970, are exact until the year 2255
                return json.GetDouble();
            case FieldType.Enum:
                return field.EnumType.Values.Single(v => v.Name.Equals(json.GetString(), StringComparison.OrdinalIgnoreCase)).Number;
            case FieldType.Message:
                var message = field.MessageType.Parser.ParseFrom(ByteString.Empty);
                Read(json, message);
                return message;
            default:
                throw new NotSupportedException($"The field {field.FullName} is of the type {field.FieldType}, so this request does not go over gRPC here; open the store over REST for it.");
        }
    }
}
