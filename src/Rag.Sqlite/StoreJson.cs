using System.Text.Json.Serialization;

namespace Rag.Sqlite;

/// <summary>Lists and labels in the store's columns. Made at build time: to have JSON's reflection find them takes a fifth of the time of a short command.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext;
