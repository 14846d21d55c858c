using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rag.Agents.Tools.Mcp;

/// <summary>A tool as a server offers it.</summary>
/// <param name="Name">The server's name for it.</param>
/// <param name="Description">One line.</param>
/// <param name="Schema">Of its arguments.</param>
internal sealed partial record OfferedTool(string Name, string Description, JsonElement Schema)
{
    private const int MaxDescription = 1000;
    private const int MaxSchema = 20_000;

    /// <summary>Reads one entry of a list of tools.</summary>
    /// <returns>The tool, or what is wrong with it.</returns>
    public static (OfferedTool? Tool, string? Problem) Read(JsonNode? entry)
    {
        var tool = entry as JsonObject;
        if (tool?["name"] is not JsonValue value || !value.TryGetValue<string>(out var name) || !Usable().IsMatch(name))
        {
            return (null, $"a tool has no name of 1 to 64 letters, digits, '_', '-', '.' or '/': {Prompt.Shorten(Prompt.OnOneLine(tool?["name"]?.ToJsonString() ?? "none"), 80)}");
        }

        // Without arguments the schema may be left out.
        var schema = JsonElement.Parse(tool["inputSchema"]?.ToJsonString() ?? """{"type":"object"}""");
        if (schema.ValueKind != JsonValueKind.Object || schema.GetRawText().Length > MaxSchema || !(schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "object")
            || (schema.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object))
        {
            return (null, $"the tool '{name}' has no schema of an object of up to {MaxSchema} characters");
        }

        var description = tool["description"] is JsonValue words && words.TryGetValue<string>(out var text) ? text : "";
        return (new(name, Prompt.Shorten(Prompt.OnOneLine(description), MaxDescription), schema), null);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./-]{1,64}\z")]
    private static partial Regex Usable();
}
