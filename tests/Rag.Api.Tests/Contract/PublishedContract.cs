using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rag.Api.Tests.Contract;

/// <summary>The document as a server publishes it, and whether responses keep to it.</summary>
internal sealed class PublishedContract(JsonElement document)
{
    private readonly List<(Regex Path, string Template)> _paths = [.. document.GetProperty("paths").EnumerateObject().Select(p => (new Regex($"^{Regex.Replace(p.Name, @"\{[^}]+\}", ".+")}$"), p.Name)).OrderByDescending(p => p.Name.Replace("{", "", StringComparison.Ordinal) == p.Name).ThenByDescending(p => p.Name.Length)];

    public JsonElement Document => document;

    public JsonSchemaCheck Schemas { get; } = new(document);

    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (o.Name.ToUpperInvariant(), p.Name, o.Value)));

    /// <summary>Fails where a response is not as the document says; what is not in the document is nobody's promise.</summary>
    public void Check(string method, string path, HttpStatusCode status, string? mediaType, string body)
    {
        var template = _paths.Find(p => p.Path.IsMatch(path)).Template;
        if (template is null || !document.GetProperty("paths").GetProperty(template).TryGetProperty(method.ToLowerInvariant(), out var operation))
        {
            return;
        }

        var what = $"{method} {path}: {(int)status} {mediaType}";
        Assert.True(operation.GetProperty("responses").TryGetProperty($"{(int)status}", out var response), $"{what} is not declared. {body}");
        if (!response.TryGetProperty("content", out var contents) || body.Length == 0)
        {
            Assert.Equal("", body);
            return;
        }

        Assert.True(contents.TryGetProperty(mediaType ?? "", out var content) || contents.TryGetProperty("application/octet-stream", out content), $"{what}: the type is not declared");
        if (mediaType is "application/json" or "application/problem+json" && content.TryGetProperty("schema", out var schema) && schema.TryGetProperty("$ref", out _))
        {
            var value = JsonElement.Parse(body);
            Assert.Empty(Schemas.Faults(schema, value).Concat(Schemas.Unnamed(schema, value)).Select(fault => $"{what}: {fault}"));
            if (mediaType == "application/problem+json")
            {
                var problem = value.GetProperty("type").GetString()!;
                Assert.True(response.GetProperty("description").GetString()!.Split(' ').Contains(problem), $"{what}: {problem} is not declared");
            }
        }
    }
}
