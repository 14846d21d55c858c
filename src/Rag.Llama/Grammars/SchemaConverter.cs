using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Llama.Grammars;

/// <summary>Writes rules for a schema and those inside it.</summary>
internal sealed class SchemaConverter(JsonElement document, GbnfWriter writer)
{
    // what JsonDocument reads unless told otherwise
    private const int MostNesting = 64;

    private const int MostDeferred = 2_000;
    private const int MostJoined = 1_000_000;

    private static readonly string[] AllTypes = ["object", "array", "string", "number", "boolean", "null"];

    private readonly SchemaReferences _references = new(document);
    private readonly Dictionary<string, string> _deferred = [];
    private readonly Queue<(string Rule, JsonElement Schema, string Path)> _open = new();
    private int _depth;
    private int _joinedLength;

    /// <summary>An expression for the values that fit a schema, with all rules that it leads to.</summary>
    public string ConvertAll(JsonElement schema)
    {
        var root = Convert(schema, "#");
        while (_open.TryDequeue(out var next))
        {
            writer.Define(next.Rule, Convert(next.Schema, next.Path));
        }

        return root;
    }

    /// <summary>An expression, in one piece, for the values that fit a schema.</summary>
    /// <param name="schema">An object or a boolean.</param>
    /// <param name="path">Its JSON pointer.</param>
    public string Convert(JsonElement schema, string path)
    {
        if (++_depth > MostNesting)
        {
            throw new GrammarException($"The schema nests more than {MostNesting} deep. Put inner schemas under '$defs'.", path);
        }

        var expression = Expression(schema, path);
        _depth--;
        return expression;
    }

    private string Expression(JsonElement schema, string path)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return JsonRules.Value;
            case JsonValueKind.False:
                throw new GrammarException("Nothing fits the schema 'false'. Remove it, since undeclared properties and items are refused by default.", path);
            case not JsonValueKind.Object:
                throw new GrammarException($"A schema must be an object or a boolean, not {schema.GetRawText()}. Correct it.", path);
        }

        var keywords = schema.EnumerateObject().Select(property => property.Name).Where(keyword => !IsMeaningless(schema, keyword)).ToList();
        if (keywords.Find(keyword => !SchemaKeywords.IsKnown(keyword)) is { } unknown)
        {
            throw new GrammarException($"The keyword '{unknown}' is not supported. Remove it, or use: {SchemaKeywords.Supported}.", $"{path}/{SchemaRead.Escape(unknown)}");
        }

        keywords.RemoveAll(SchemaKeywords.IsAnnotation);
        if (keywords is ["$ref"])
        {
            var reference = SchemaRead.Text(schema.GetProperty("$ref"), $"{path}/$ref");
            return Defer(reference, _references.Find(reference, $"{path}/$ref"), reference);
        }

        if (keywords is ["allOf"] && schema.GetProperty("allOf") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() == 1)
        {
            return Convert(all[0], $"{path}/allOf/0");
        }

        if (keywords.Contains("allOf") || keywords.Contains("$ref"))
        {
            return Defer(_references.Flatten(schema, path), path);
        }

        var branches = keywords.Find(keyword => keyword is "anyOf" or "oneOf");
        return branches is null ? OneShape(schema, keywords, path) : Branches(schema, branches, keywords, path);
    }

    // keywords that say nothing with these values
    private static bool IsMeaningless(JsonElement schema, string keyword) => (keyword, schema.GetProperty(keyword).ValueKind) is
        ("uniqueItems", JsonValueKind.False) or ("unevaluatedProperties", JsonValueKind.False) or ("unevaluatedItems", JsonValueKind.False) or ("nullable", JsonValueKind.False);

    // a joined schema has its text for a name, so that joining in a circle comes back to the same rule
    private string Defer(JsonObject joined, string path)
    {
        var text = joined.ToJsonString();
        _joinedLength += text.Length;
        if (_joinedLength > MostJoined)
        {
            throw new GrammarException($"Joining with 'allOf' and '$ref' gives more than {MostJoined} characters of schema, perhaps without end. Let a property with a plain '$ref' stand in the circle.", path);
        }

        using var parsed = JsonDocument.Parse(text, SchemaReferences.Deep);
        return Defer(text, parsed.RootElement.Clone(), path);
    }

    private string Defer(string key, JsonElement schema, string path)
    {
        if (!_deferred.TryGetValue(key, out var rule))
        {
            if (_deferred.Count >= MostDeferred)
            {
                throw new GrammarException($"The schema has more than {MostDeferred} references and joined schemas, perhaps without end. Use fewer.", path);
            }

            rule = writer.Reserve(path.Split('/')[^1]);
            _deferred.Add(key, rule);
            _open.Enqueue((rule, schema, path));
        }

        return rule;
    }

    private string Branches(JsonElement schema, string branches, List<string> keywords, string path)
    {
        var alternatives = SchemaRead.Array(schema.GetProperty(branches), $"{path}/{branches}").Select((branch, index) => (Branch: branch, Path: $"{path}/{branches}/{index}"));
        if (keywords.Count == 1)
        {
            return GbnfWriter.Choice(alternatives.Select(alternative => Convert(alternative.Branch, alternative.Path)));
        }

        var rest = _references.Flatten(schema, path);
        rest.Remove(branches);
        return GbnfWriter.Choice(alternatives.Select(alternative =>
            Defer(SchemaMerge.Join(rest, _references.Flatten(alternative.Branch, alternative.Path), alternative.Path), alternative.Path)));
    }

    private string OneShape(JsonElement schema, List<string> keywords, string path)
    {
        var types = Types(schema, keywords, path);
        if (schema.TryGetProperty("const", out var value) | schema.TryGetProperty("enum", out var values))
        {
            return SchemaLiterals.Choice(schema, value, values, types, keywords, path);
        }

        return keywords.Count == 0
            ? JsonRules.Value
            : GbnfWriter.Choice(types.Select(type => OneType(schema, type, path)));
    }

    private static List<string> Types(JsonElement schema, List<string> keywords, string path)
    {
        var named = schema.TryGetProperty("type", out var type)
            ? type.ValueKind == JsonValueKind.Array ? [.. SchemaRead.Array(type, $"{path}/type").Select(name => SchemaRead.Text(name, $"{path}/type"))] : [SchemaRead.Text(type, $"{path}/type")]
            : Implied(keywords);
        if (named.Find(name => name != "integer" && !AllTypes.Contains(name)) is { } unknown)
        {
            throw new GrammarException($"There is no type '{unknown}'. Types: {string.Join(", ", AllTypes)}, integer.", $"{path}/type");
        }

        if (keywords.Contains("nullable") && !named.Contains("null"))
        {
            named.Add("null");
        }

        return named.Contains("number") ? [.. named.Where(name => name != "integer")] : named;
    }

    private static List<string> Implied(List<string> keywords)
    {
        var implied = keywords.Select(keyword => keyword == "format" ? "string" : SchemaKeywords.TypeOf(keyword)).OfType<string>().Distinct().ToList();
        return implied.Count > 0 ? implied : [.. AllTypes];
    }

    private string OneType(JsonElement schema, string type, string path) => type switch
    {
        "object" => SchemaObjects.Convert(schema, path, this, writer),
        "array" => SchemaArrays.Convert(schema, path, this, writer),
        "string" => SchemaStrings.Convert(schema, path, writer),
        "integer" or "number" => SchemaNumbers.Convert(schema, type == "integer", path, writer),
        "boolean" => JsonRules.Boolean,
        _ => "\"null\"",
    };
}
