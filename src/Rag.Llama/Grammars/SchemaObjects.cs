using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes the objects that fit a schema: the properties in declared order, any subset of those that are not required.</summary>
internal static class SchemaObjects
{
    public static string Convert(JsonElement schema, string path, SchemaConverter converter, GbnfWriter writer)
    {
        var members = Members(schema, path, converter);
        var additional = Additional(schema, members, path, converter, writer);
        if (members.Count == 0)
        {
            return additional is null ? writer.Rule("object", $"\"{{\" {JsonRules.Space} \"}}\"")
                : additional == JsonRules.Value ? JsonRules.Object
                : writer.Rule("object", $"\"{{\" {JsonRules.Space} ({additional} ({JsonRules.Comma} {additional})* {JsonRules.Space})? \"}}\"");
        }

        // after[i]: what may follow once some property before the i-th has been written
        var after = new string[members.Count + 1];
        after[^1] = additional is null ? "" : writer.Rule("rest", $"({JsonRules.Comma} {additional})*");
        for (var i = members.Count - 1; i > 0; i--)
        {
            var member = $"{JsonRules.Comma} {members[i].Pair}";
            after[i] = writer.Rule("rest", $"{(members[i].IsRequired ? member : $"({member})?")} {after[i + 1]}");
        }

        var firsts = new List<string>();
        var required = members.FindIndex(member => member.IsRequired);
        for (var i = 0; i <= (required >= 0 ? required : members.Count - 1); i++)
        {
            firsts.Add($"{members[i].Pair} {after[i + 1]}");
        }

        if (required < 0 && additional is not null)
        {
            firsts.Add($"{additional} {after[^1]}");
        }

        var inside = $"({string.Join(" | ", firsts)}) {JsonRules.Space}";
        return writer.Rule("object", $"\"{{\" {JsonRules.Space} {(required >= 0 ? inside : $"({inside})?")} \"}}\"");
    }

    private static List<(string Name, string Pair, bool IsRequired)> Members(JsonElement schema, string path, SchemaConverter converter)
    {
        var required = new HashSet<string>();
        if (schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array)
        {
            required.UnionWith(names.EnumerateArray().Select(name => SchemaRead.Text(name, $"{path}/required")));
        }

        var members = new List<(string Name, string Pair, bool IsRequired)>();
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.False || required.Contains(property.Name)))
            {
                var value = converter.Convert(property.Value, $"{path}/properties/{SchemaRead.Escape(property.Name)}");
                members.Add((property.Name, Pair(property.Name, value), required.Contains(property.Name)));
            }
        }

        foreach (var name in required.Except(members.Select(member => member.Name)).ToList())
        {
            var isOpen = schema.TryGetProperty("additionalProperties", out var other);
            members.Add(isOpen && other.ValueKind == JsonValueKind.False
                ? throw new GrammarException($"'{name}' is required, but neither declared nor allowed by 'additionalProperties'. Declare it.", $"{path}/required")
                : (name, Pair(name, isOpen ? converter.Convert(other, $"{path}/additionalProperties") : JsonRules.Value), true));
        }

        return members;
    }

    private static string Pair(string name, string value) => $"{GbnfWriter.Literal(JsonText.Of(name))} {JsonRules.Colon} {value}";

    /// <summary>One property that is not declared; null if none may be.</summary>
    private static string? Additional(JsonElement schema, List<(string Name, string Pair, bool IsRequired)> members, string path, SchemaConverter converter, GbnfWriter writer)
    {
        var declares = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any();
        var isSaid = schema.TryGetProperty("additionalProperties", out var additional);
        if (isSaid ? additional.ValueKind == JsonValueKind.False : declares || members.Count > 0)
        {
            return null;
        }

        var value = isSaid ? converter.Convert(additional, $"{path}/additionalProperties") : JsonRules.Value;
        if (!declares && members.Count == 0)
        {
            return value == JsonRules.Value ? value : $"{JsonRules.String} {JsonRules.Colon} {value}";
        }

        var names = members.Select(member => member.Name).Concat(declares ? properties.EnumerateObject().Select(property => property.Name) : []);
        return $"{OtherNames.Rule([.. names.Distinct()], writer)} {JsonRules.Colon} {value}";
    }
}
