using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Rag.Api.Security;

namespace Rag.Api.Contract;

/// <summary>The API in the form of OpenAPI 3.1, made of what stands beside its endpoints.</summary>
internal static class ContractDocument
{
    private const string Json = "application/json";

    private static readonly ApiProblem[] s_ofAll = [new(500, "internal")];

    private static readonly ApiProblem[] s_ofGuarded = [new(401, "unauthenticated"), new(403, "scope-missing"), new(429, "too-many-requests"), new(503, "store-unavailable"), new(503, "stopping"), new(507, "disk-full")];

    private static readonly ApiProblem[] s_ofBodies = [new(408, "too-slow")];

    private static readonly ApiProblem[] s_ofJson = [new(400, "invalid-request"), new(413, "too-large"), new(415, "wrong-content-type")];

    /// <summary>The document.</summary>
    /// <param name="endpoints">All endpoints; those without an <see cref="ApiOperation"/> are left out.</param>
    /// <param name="server">What stands before every path.</param>
    public static JsonObject Of(IEnumerable<Endpoint> endpoints, string server)
    {
        var (schemas, paths) = (new ContractSchemas(), new JsonObject());
        foreach (var (path, operations) in endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null).GroupBy(PathOf).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g)))
        {
            paths[path] = new JsonObject(operations.Select(e => KeyValuePair.Create(e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant(), (JsonNode?)Operation(e, path, schemas))));
        }

        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Rag",
                ["version"] = typeof(ContractDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = "Answers from your documents, each sentence with a checked citation. A problem's 'type' is stable; 'detail' says what is wrong and how to mend it.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server.Length == 0 ? "/" : server }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key that 'rag keys add' made. A server without keys answers only its own machine, and wants none." },
                    ["header"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key", ["description"] = "The same key in a header of its own." },
                },
                ["schemas"] = new JsonObject([.. schemas.Named.Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())), KeyValuePair.Create("Problem", (JsonNode?)Problem())]),
            },
        };
    }

    private static string PathOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal);

    private static JsonObject Operation(RouteEndpoint endpoint, string path, ContractSchemas schemas)
    {
        var (metadata, operation) = (endpoint.Metadata, endpoint.Metadata.GetMetadata<ApiOperation>()!);
        var example = ContractExamples.Of(operation.Id);
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(path.Split('/') is [_, "api", var topic, ..] ? topic : path.Split('/')[1]),
            ["summary"] = metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary,
        };
        var scope = operation.Scope.ToString().ToLowerInvariant();
        if (string.Join(' ', ((string?[])[metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description, operation.Scope == ApiScope.None ? null : $"Scope: {scope}."]).OfType<string>()) is { Length: > 0 } description)
        {
            described["description"] = description;
        }

        described["security"] = operation.Scope == ApiScope.None ? [] : new JsonArray(new JsonObject { ["bearer"] = new JsonArray(scope) }, new JsonObject { ["header"] = new JsonArray(scope) });
        if (Parameters(endpoint, example) is { Count: > 0 } parameters)
        {
            described["parameters"] = parameters;
        }

        if (metadata.GetMetadata<ApiBody>() is { } body)
        {
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = body.Json is null ? Files() : Content(Json, schemas.Of(body.Json), example?["body"]) };
        }

        described["responses"] = Responses(metadata, operation.Scope, schemas, example);
        return described;
    }

    private static JsonArray Parameters(RouteEndpoint endpoint, JsonNode? example) => new(
    [
        .. endpoint.RoutePattern.Parameters.Select(p => Parameter(new("path", p.Name, p.IsCatchAll ? "An id; slashes in it may stand as they are." : "An id.", "string"), example)),
        .. endpoint.Metadata.GetOrderedMetadata<ApiParameter>().Select(p => Parameter(p, example)),
    ]);

    private static JsonObject Parameter(ApiParameter parameter, JsonNode? examples)
    {
        var described = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["required"] = parameter.In == "path",
            ["description"] = parameter.Description,
            ["schema"] = parameter.Type == "array" ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } } : new JsonObject { ["type"] = parameter.Type },
        };
        if (examples?["parameters"]?[parameter.Name] is { } example)
        {
            described["example"] = example.DeepClone();
        }

        return described;
    }

    private static JsonObject Responses(EndpointMetadataCollection metadata, ApiScope scope, ContractSchemas schemas, JsonNode? example)
    {
        var responses = new JsonObject();
        var produced = metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>();
        foreach (var group in produced.GroupBy(p => p.StatusCode))
        {
            var response = new JsonObject { ["description"] = ReasonPhrases.GetReasonPhrase(group.Key) };
            var content = new JsonObject(group.SelectMany(p => p.ContentTypes.SelectMany(type => Content(type, p.Type is null || p.Type == typeof(void) ? new JsonObject { ["type"] = "string" } : schemas.Of(p.Type), p.Type is null || p.Type == typeof(void) || group.Key >= 300 ? null : example?["answer"]))).Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone())));
            if (content.Count > 0)
            {
                response["content"] = content;
            }

            responses[Text(group.Key)] = response;
        }

        ApiProblem[] problems = [.. s_ofAll, .. scope == ApiScope.None ? [] : s_ofGuarded, .. scope == ApiScope.Ask ? [new(429, "budget-spent")] : (ApiProblem[])[], .. metadata.GetMetadata<ApiBody>() is null ? [] : s_ofBodies, .. metadata.GetMetadata<ApiBody>() is { Json: not null } ? s_ofJson : [], .. metadata.GetOrderedMetadata<ApiProblem>()];
        foreach (var group in problems.GroupBy(p => p.Status).Where(g => !responses.ContainsKey(Text(g.Key))).OrderBy(g => g.Key))
        {
            responses[Text(group.Key)] = new JsonObject
            {
                ["description"] = string.Join(" or ", group.Select(p => $"urn:rag:problem:{p.Type}").Distinct()),
                ["content"] = Content("application/problem+json", new() { ["$ref"] = "#/components/schemas/Problem" }, null),
            };
        }

        return responses;
    }

    private static JsonObject Content(string type, JsonObject schema, JsonNode? example)
    {
        var content = new JsonObject { ["schema"] = schema };
        if (example is not null)
        {
            content["example"] = example.DeepClone();
        }

        return new() { [type] = content };
    }

    private static JsonObject Files() => new()
    {
        ["multipart/form-data"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["file"] = new JsonObject { ["description"] = "The files, each with its name.", ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } } } } },
        ["application/octet-stream"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "binary" } },
    };

    private static JsonObject Problem()
    {
        static JsonObject Object(params (string Name, string Description)[] texts) => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(texts.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = t.Description }))),
            ["required"] = new JsonArray([.. texts.Select(t => (JsonNode)t.Name)]),
        };
        var problem = Object(("type", "Which problem it is, as a URN that stays."), ("title", "What its status is called."), ("detail", "What is wrong, with the values, and what to do."));
        problem["properties"]!["status"] = new JsonObject { ["type"] = "integer", ["description"] = "The status of the response." };
        var error = Object(("message", "What is wrong, as in detail."), ("type", "Which problem it is, as in type."), ("code", "The last part of type."));
        error["description"] = "The same for clients of OpenAI's protocol.";
        problem["properties"]!["error"] = error;
        problem["description"] = "What is wrong (RFC 9457). 'error' holds the same for clients of OpenAI's protocol.";
        return problem;
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
