using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rag.Llama.Templates;

/// <summary>Parts of conversations: names, arguments of calls, schemas of tools.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ChatJson : JsonSerializerContext;
