using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>How a model writes calls of tools.</summary>
public sealed class ToolCallFormat
{
    private readonly Func<ChatTool, ToolCallShape?> _shape;

    internal ToolCallFormat(string name, IReadOnlyList<Region> regions, Func<ChatTool, ToolCallShape?> shape, ToolCallSequence? sequence = null, bool isBare = false)
    {
        Name = name;
        Regions = regions;
        _shape = shape;
        Sequence = sequence ?? new("", "", "");
        IsBare = isBare;
    }

    /// <summary>What the format is called, in words.</summary>
    public string Name { get; }

    /// <summary>The texts after which a call begins; a grammar that is to hold for calls only is switched on by them.</summary>
    public IReadOnlyList<string> Triggers => [.. Regions.OfType<Region.Call>().Select(r => r.Begin)];

    /// <summary>Whether a JSON object at the very beginning of the answer is a call too, without any trigger.</summary>
    public bool IsBare { get; }

    /// <summary>How several calls, each in one of the <see cref="Shapes"/>, are written.</summary>
    public ToolCallSequence Sequence { get; }

    internal IReadOnlyList<Region> Regions { get; }

    /// <summary>How calls of these tools are written, a shape for each, in their order; empty where the format is not JSON, so that no grammar can be made of it.</summary>
    public IReadOnlyList<ToolCallShape> Shapes(IReadOnlyList<ChatTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. tools.Select(_shape).OfType<ToolCallShape>()];
    }

    /// <summary>Everything that the format writes literally around the names and arguments of calls.</summary>
    internal string LiteralText
    {
        get
        {
            var shapes = Shapes([new("tool", "", JsonElement.Parse("""{ "type": "object" }"""))]);
            return string.Join('\n', [.. Regions.SelectMany(r => r.Ends.Append(r.Begin)), .. shapes.SelectMany(s => (string?[])[s.Prefix, s.AfterNumber, s.Suffix]), Sequence.Opening, Sequence.Separator, Sequence.Closing]);
        }
    }

    /// <summary>The format that a template speaks of; <see cref="ToolCallFormats.Generic"/> where it speaks of none, in which <see cref="ChatTemplate.Render"/> then asks for calls.</summary>
    public static ToolCallFormat ForTemplate(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ToolCallFormats.Find(source);
    }

    /// <summary>The schema of <c>{"name": ..., "arguments": {...}}</c> for one tool.</summary>
    internal static JsonElement CallSchema(ChatTool tool, string nameKey, string argumentsKey) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [nameKey] = new JsonObject { ["const"] = tool.Name },
            [argumentsKey] = JsonNode.Parse(tool.Parameters.GetRawText()),
        },
        ["required"] = new JsonArray(nameKey, argumentsKey),
        ["additionalProperties"] = false,
    }, ChatJson.Default.JsonNode);
}
