using System.Text.Json.Serialization;

namespace Rag.Cli.Json;

/// <summary>One model of the catalogue, as <c>rag models</c> prints it.</summary>
internal sealed record ModelJson(string Name, string File, long? Bytes, string? Sha256, bool Present, string Kind, string Licence, int MemoryGigabytes, string? Path)
{
    /// <summary>What reading the file again found: <c>good</c>, <c>damaged</c> or <c>unverifiable</c>; only from <c>rag models verify</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Verified { get; init; }
}
