namespace Rag.Llama.Grammars;

/// <summary>Which keywords of JSON Schema (drafts 7 and 2020-12, and OpenAPI's additions) mean what here.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Annotations =
    [
        "$schema", "$id", "$comment", "$defs", "definitions", "$anchor", "$vocabulary", "title", "description", "default", "examples", "example", "deprecated",
        "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema", "discriminator", "xml", "externalDocs", "strict", "propertyOrdering",
    ];

    // keyword -> the type that it constrains
    private static readonly Dictionary<string, string> Types = new()
    {
        ["properties"] = "object",
        ["required"] = "object",
        ["additionalProperties"] = "object",
        ["items"] = "array",
        ["prefixItems"] = "array",
        ["additionalItems"] = "array",
        ["minItems"] = "array",
        ["maxItems"] = "array",
        ["minLength"] = "string",
        ["maxLength"] = "string",
        ["pattern"] = "string",
        ["minimum"] = "number",
        ["maximum"] = "number",
        ["exclusiveMinimum"] = "number",
        ["exclusiveMaximum"] = "number",
    };

    private static readonly HashSet<string> Others = ["$ref", "allOf", "anyOf", "oneOf", "type", "enum", "const", "format", "nullable"];

    /// <summary>Whether the keyword leaves the values that fit as they are.</summary>
    public static bool IsAnnotation(string keyword) => Annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);

    public static bool IsKnown(string keyword) => IsAnnotation(keyword) || Others.Contains(keyword) || Types.ContainsKey(keyword);

    /// <summary>The type that a keyword constrains, or null for those that constrain any.</summary>
    public static string? TypeOf(string keyword) => Types.GetValueOrDefault(keyword);

    public static string Supported => string.Join(", ", Others.Concat(Types.Keys));
}
