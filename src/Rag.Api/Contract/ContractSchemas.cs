using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rag.Api.Json;
using Rag.Api.OpenAi;

namespace Rag.Api.Contract;

/// <summary>Schemas of the JSON that the API reads and writes, each under its name; made of the same types that read and write it.</summary>
internal sealed class ContractSchemas
{
    private const string Place = "#/components/schemas/";

    private static readonly JsonSchemaExporterOptions s_options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>All schemas that were referred to.</summary>
    public JsonObject Named { get; } = [];

    /// <summary>A reference to the schema of a type.</summary>
    public JsonObject Of(Type type) => Of(ApiJson.Standard.GetTypeInfo(type) ?? OpenAiJson.Standard.GetTypeInfo(type) ?? throw new NotSupportedException($"No JSON of the API has the type {type.Name}. Add it to {nameof(ApiJson)} or {nameof(OpenAiJson)}."));

    private JsonObject Of(JsonTypeInfo type)
    {
        var name = NameOf(type);
        if (!Named.ContainsKey(name))
        {
            Named[name] = null; // a type may hold itself
            Named[name] = SchemaOf(type);
            foreach (var part in Parts(type).ToList())
            {
                Of(part);
            }
        }

        return new() { ["$ref"] = Place + name };
    }

    private static JsonNode SchemaOf(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(s_options);
        if (type.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull && !type.Type.Name.EndsWith("Request", StringComparison.Ordinal) && schema["required"] is JsonArray required)
        {
            var left = type.Properties.Where(p => p.IsGetNullable).Select(p => p.Name).ToHashSet(); // left out where they are null
            schema["required"] = new JsonArray([.. required.Select(n => n!.GetValue<string>()).Where(n => !left.Contains(n)).Select(n => (JsonNode)n)]);
        }

        return schema;
    }

    // A description stands beside a reference, too, as JSON Schema has it from 2019-09 on.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var shape = ShapeOf(context, schema);
        if (DescriptionOf(context.PropertyInfo) is not { } description)
        {
            return shape;
        }

        var described = shape as JsonObject ?? []; // true, which is anything
        described["description"] = description;
        return described;
    }

    // At the property, or at the parameter of the record that it comes from.
    private static string? DescriptionOf(JsonPropertyInfo? property) =>
        new[] { property?.AttributeProvider, property?.AssociatedParameter?.AttributeProvider }.SelectMany(p => p?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) ?? []).OfType<DescriptionAttribute>().FirstOrDefault()?.Description;

    // Objects in others stand by themselves, too; what is listed there is a reference to them.
    private static JsonNode ShapeOf(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.Path.IsEmpty || context.TypeInfo.Kind != JsonTypeInfoKind.Object)
        {
            return schema;
        }

        var reference = new JsonObject { ["$ref"] = Place + NameOf(context.TypeInfo) };
        return context.PropertyInfo is { IsGetNullable: true } ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }

    private static IEnumerable<JsonTypeInfo> Parts(JsonTypeInfo type) => type.Properties.Where(p => !p.IsExtensionData).Select(p => p.PropertyType).Select(p => type.Options.GetTypeInfo(p)).Select(Element).Where(p => p.Kind == JsonTypeInfoKind.Object);

    private static JsonTypeInfo Element(JsonTypeInfo type) => type.ElementType is { } element ? Element(type.Options.GetTypeInfo(element)) : type;

    private static string NameOf(JsonTypeInfo type)
    {
        var name = type.Type.Name;
        return (type.Options == OpenAiJson.Standard.Options ? "OpenAi" : "") + (name.EndsWith("Json", StringComparison.Ordinal) ? name[..^4] : name);
    }
}
