using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Transport;

namespace Rag.OpenAI.Chat;

/// <summary>Puts tool calls together from the pieces that a stream brings.</summary>
internal sealed class CallAssembly
{
    private readonly List<Call> _calls = [];

    /// <summary>Takes one piece, which says its call by index, by id, or not at all.</summary>
    public void Add(JsonElement piece)
    {
        var index = piece.Find("index")?.GetInt32();
        var id = piece.Find("id")?.GetString() ?? "";
        var function = piece.Find("function");
        var name = function?.Find("name")?.GetString() ?? "";
        var call = CallOf(index, id, name);
        call.Id = call.Id.Length > 0 ? call.Id : id;
        call.Name = call.Name.Length > 0 ? call.Name : name;
        if (function?.Find("arguments") is { } arguments)
        {
            call.Arguments.Append(arguments.ValueKind == JsonValueKind.String ? arguments.GetString() : arguments.GetRawText());
        }
    }

    /// <summary>The calls; one whose arguments are no JSON object says so in <see cref="FunctionCallContent.Exception"/>.</summary>
    public IReadOnlyList<FunctionCallContent> Finish() => _calls.ConvertAll(call => FunctionCallContent.CreateFromParsedArguments(
        call.Arguments.ToString(), call.Id.Length > 0 ? call.Id : $"call_{Guid.NewGuid():N}", call.Name, Parse));

    // Ollama numbers parallel calls all alike, with ids of their own.
    private Call CallOf(int? index, string id, string name)
    {
        var known = index is null && id.Length == 0 && name.Length > 0 ? null
            : _calls.FindLast(c => (index is null || c.Index == index) && (id.Length == 0 || c.Id.Length == 0 || c.Id == id));
        if (known is null)
        {
            known = new() { Index = index };
            _calls.Add(known);
        }

        return known;
    }

    private static Dictionary<string, object?> Parse(string arguments) => string.IsNullOrWhiteSpace(arguments) ? []
        : JsonElement.Parse(arguments) is { ValueKind: JsonValueKind.Object } json ? json.EnumerateObject().ToDictionary(a => a.Name, a => (object?)a.Value)
        : throw new JsonException($"The arguments are {arguments}, and a JSON object was expected.");

    private sealed class Call
    {
        public int? Index { get; init; }

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
