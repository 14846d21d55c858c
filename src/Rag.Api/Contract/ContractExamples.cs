using System.Text.Json.Nodes;

namespace Rag.Api.Contract;

/// <summary>Examples, each in a file <c>ID.json</c> of this assembly: <c>parameters</c> by name, <c>body</c>, and <c>answer</c> as a server gave it.</summary>
internal static class ContractExamples
{
    private const string Prefix = "Examples/";

    /// <summary>The ids of the operations that have one.</summary>
    public static IEnumerable<string> Ids => typeof(ContractExamples).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]);

    /// <summary>The example of an operation; <see langword="null"/> where it has none.</summary>
    public static JsonNode? Of(string id)
    {
        using var stream = typeof(ContractExamples).Assembly.GetManifestResourceStream(Prefix + id);
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
