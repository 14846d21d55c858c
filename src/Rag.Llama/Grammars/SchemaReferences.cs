using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Llama.Grammars;

/// <summary>Finds what <c>$ref</c> names in its document, and joins it and <c>allOf</c> into plain schemas.</summary>
internal sealed class SchemaReferences(JsonElement document)
{
    // each level is a $ref or allOf without a property or item between
    private const int MostLevels = 32;

    /// <summary>For joined schemas, which nest deeper than written ones.</summary>
    public static JsonDocumentOptions Deep { get; } = new() { MaxDepth = 1_000 };

    /// <summary>The schema that a reference names.</summary>
    public JsonElement Find(string reference, string path)
    {
        if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
        {
            throw new GrammarException($"The reference '{reference}' is not a JSON pointer into the document, such as '#/$defs/name'. Put what it names under '$defs'.", path);
        }

        var found = document;
        foreach (var part in Uri.UnescapeDataString(reference).Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            found = found.ValueKind switch
            {
                JsonValueKind.Object when found.TryGetProperty(part, out var property) => property,
                JsonValueKind.Array when int.TryParse(part, out var index) && index >= 0 && index < found.GetArrayLength() => found[index],
                _ => throw new GrammarException($"The reference '{reference}' names nothing: there is no '{part}'. Define it.", path),
            };
        }

        return found;
    }

    /// <summary>A schema without <c>$ref</c> and <c>allOf</c> at its top that says the same.</summary>
    public JsonObject Flatten(JsonElement schema, string path, int level = 0)
    {
        if (level > MostLevels)
        {
            throw new GrammarException($"More than {MostLevels} '$ref' or 'allOf' lead from one to the next, perhaps in a circle. Let a property or an item stand between.", path);
        }

        if (schema.ValueKind == JsonValueKind.True)
        {
            return [];
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw new GrammarException($"A schema that can be joined was expected, not {schema.GetRawText()}. Write an object.", path);
        }

        var flat = new JsonObject();
        foreach (var keyword in schema.EnumerateObject().Where(keyword => keyword.Name is not ("$ref" or "allOf" or "$defs" or "definitions")))
        {
            flat[keyword.Name] = JsonNode.Parse(keyword.Value.GetRawText(), documentOptions: Deep);
        }

        foreach (var (part, partPath) in Parts(schema, path))
        {
            flat = SchemaMerge.Join(flat, Flatten(part, partPath, level + 1), partPath);
        }

        return flat;
    }

    private IEnumerable<(JsonElement Part, string Path)> Parts(JsonElement schema, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            yield return (Find(SchemaRead.Text(reference, $"{path}/$ref"), $"{path}/$ref"), $"{path}/$ref");
        }

        if (schema.TryGetProperty("allOf", out var all))
        {
            var index = 0;
            foreach (var part in SchemaRead.Array(all, $"{path}/allOf"))
            {
                yield return (part, $"{path}/allOf/{index++}");
            }
        }
    }
}
