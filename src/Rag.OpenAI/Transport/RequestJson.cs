using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Rag.OpenAI.Transport;

/// <summary>Values of callers in a request's JSON.</summary>
internal static class RequestJson
{
    // Of any value, by what the extensions for AI know of its type.
    private static readonly JsonTypeInfo Any = Compact().GetTypeInfo(typeof(object));

    /// <summary>A value as text of JSON.</summary>
    public static string Write(object? value) => JsonSerializer.Serialize(value, Any);

    /// <summary>Puts a caller's fields into a request: they win over its own, and <see langword="null"/> takes one out.</summary>
    public static void AddTo(JsonObject body, IEnumerable<KeyValuePair<string, object?>>? fields)
    {
        foreach (var (name, value) in fields ?? [])
        {
            body.Remove(name);
            if (value is not null)
            {
                body[name] = JsonSerializer.SerializeToNode(value, Any);
            }
        }
    }

    private static JsonSerializerOptions Compact()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.MakeReadOnly();
        return options;
    }
}
