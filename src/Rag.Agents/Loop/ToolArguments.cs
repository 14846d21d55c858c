using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Loop;

/// <summary>Fits what a model wrote to the parameters of a tool, as its JSON schema names them.</summary>
internal static class ToolArguments
{
    /// <summary>The tool of that name, whatever the case of its letters; <see langword="null"/> where there is none.</summary>
    public static AIFunction? Find(IReadOnlyList<AIFunction> tools, string name) => tools.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The arguments of an action with one text in brackets: an object as it is, other text for the first parameter.</summary>
    public static IReadOnlyDictionary<string, object?> Of(AIFunction tool, string input)
    {
        if (input.StartsWith('{') && Object(input) is { } arguments)
        {
            return arguments;
        }

        var parameters = Parameters(tool);
        return parameters.Count == 0 ? new Dictionary<string, object?>() : new Dictionary<string, object?> { [parameters[0].Name] = Typed(input, parameters[0].Type) };
    }

    /// <summary>The members of a JSON object; <see langword="null"/> where the text is none.</summary>
    public static IReadOnlyDictionary<string, object?>? Object(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind != JsonValueKind.Object ? null
                : document.RootElement.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => (object?)g.Last().Value.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why a tool cannot be called so, in a sentence with its parameters; <see langword="null"/> where it can.</summary>
    public static string? Problem(AIFunction tool, IReadOnlyDictionary<string, object?> arguments)
    {
        var parameters = Parameters(tool);
        var lacking = parameters.Where(p => p.Required && arguments.GetValueOrDefault(p.Name) is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }).Select(p => p.Name).ToList();
        var unknown = arguments.Keys.Where(name => !parameters.Exists(p => p.Name == name)).ToList();
        return lacking.Count > 0 ? $"{tool.Name} needs {string.Join(" and ", lacking)}. {Usage(tool)}"
            : unknown.Count > 0 ? $"{tool.Name} knows no {string.Join(" and no ", unknown.Select(name => $"'{Prompt.Shorten(Prompt.OnOneLine(name), 50)}'"))}. {Usage(tool)}"
            : null;
    }

    /// <summary>How a tool is called, in one line.</summary>
    public static string Usage(AIFunction tool)
    {
        var parameters = Parameters(tool);
        return parameters.Count == 0 ? $"It takes no arguments: {tool.Name}[]." : $"Its parameters: {string.Join(", ", parameters.Select(p => $"{p.Name} ({p.Type}{(p.Required ? "" : ", optional")})"))}.";
    }

    /// <summary>The tools for a prompt, one a line: how each is called and what it does.</summary>
    public static string Describe(IReadOnlyList<AIFunction> tools) =>
        string.Join('\n', tools.Select(tool => $"{tool.Name}[{string.Join(", ", Parameters(tool).Where(p => p.Required).Select(p => p.Name))}]: {Prompt.OnOneLine(tool.Description)}"));

    /// <summary>The parameters in the schema's order, those that are required first.</summary>
    public static List<(string Name, string Type, bool Required)> Parameters(AIFunction tool)
    {
        if (tool.JsonSchema.ValueKind != JsonValueKind.Object || !tool.JsonSchema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = tool.JsonSchema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()).ToHashSet()
            : [];
        return [.. properties.EnumerateObject().Select(p => (p.Name, TypeOf(p.Value), required.Contains(p.Name))).OrderByDescending(p => p.Item3)];
    }

    private static string TypeOf(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? "any"
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).FirstOrDefault(t => t != "null") ?? "any"
        : type.GetString() ?? "any";

    private static object Typed(string text, string type) => type switch
    {
        "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        "number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        "boolean" when bool.TryParse(text, out var truth) => truth,
        _ => text,
    };
}
