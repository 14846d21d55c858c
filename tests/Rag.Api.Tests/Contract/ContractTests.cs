using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Rag.Api.Contract;
using Rag.Evaluation.Results;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Api.Tests.Contract;

/// <summary>The document of the API against the server that publishes it. That each response of any test keeps to it, <see cref="ApiServer"/> checks.</summary>
public sealed partial class ContractTests
{
    // What stands in the examples for what a server makes up.
    private const string Done = "01980000000070008000000000000001";
    private const string Failed = "01980000000070008000000000000002";
    private const string Rated = "01980000000070008000000000000003";

    private static readonly string[] s_order = ["GET", "POST", "DELETE"]; // what is asked for before it goes

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_is_in_the_document_and_nothing_else_is()
    {
        await using var server = await ApiServer.StartAsync();
        var mapped = server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } route && route != "/" && !route.StartsWith("/page", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal)}"));

        Assert.Equal(mapped.Order(), (await server.ContractAsync()).Operations.Select(o => $"{o.Method} {o.Path}").Order());
    }

    [Fact]
    public async Task Document_is_whole()
    {
        await using var server = await ApiServer.StartAsync();
        var contract = await server.ContractAsync();
        var document = contract.Document;

        Assert.Equal("3.1.1", document.GetProperty("openapi").GetString());
        Assert.All(["title", "version"], name => Assert.NotEmpty(document.GetProperty("info").GetProperty(name).GetString()!));
        Assert.Equal(contract.Operations.Count(), contract.Operations.Select(o => o.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(References(document), reference => contract.Schemas.Resolve(reference));
        Assert.All(document.GetProperty("components").GetProperty("schemas").EnumerateObject(), s => contract.Schemas.Faults(s.Value, default).GetEnumerator().MoveNext()); // knows all words
        foreach (var (method, path, operation) in contract.Operations)
        {
            string[] parameters = operation.TryGetProperty("parameters", out var all) ? [.. all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => $"{{{p.GetProperty("name").GetString()}}}")] : [];
            Assert.Equal(path.Split('/').Where(s => s.StartsWith('{')), parameters);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.All(operation.GetProperty("responses").EnumerateObject(), r => Assert.NotEmpty(r.Value.GetProperty("description").GetString()!));
            Assert.Contains(operation.GetProperty("responses").EnumerateObject(), r => r.Name[0] == '2');
            Assert.All(operation.GetProperty("security").EnumerateArray().SelectMany(s => s.EnumerateObject()), s => document.GetProperty("components").GetProperty("securitySchemes").GetProperty(s.Name));
            Assert.True(method is not "POST" || operation.TryGetProperty("requestBody", out _) || path is "/api/jobs/{job}/retry" or "/api/documents/reindex", $"{method} {path} takes a body, which is not described");
        }
    }

    [Fact]
    public async Task Every_property_says_what_it_is_in_a_sentence()
    {
        await using var server = await ApiServer.StartAsync();

        var properties = PropertiesIn((await server.ContractAsync()).Document, "$").ToList();

        Assert.True(properties.Count > 300, $"{properties.Count} properties");
        Assert.Empty(properties.Where(p => !p.Schema.TryGetProperty("description", out var text) || !SentenceForm().IsMatch(text.GetString()!)).Select(p => $"{p.Place}: {p.Schema}"));
    }

    [Fact]
    public async Task Every_operation_has_an_example_that_works_and_every_example_an_operation()
    {
        var folder = Directory.CreateTempSubdirectory("rag-contract-");
        try
        {
            await ResultsFile.WriteAsync(Path.Combine(folder.CreateSubdirectory("runs").FullName, "a.jsonl"), [new("demo", "bm25", [new("1", "", new Dictionary<string, double> { ["accuracy"] = 1 })])]);
            using var model = TurnScript.Saying("Thought: I search.\nAction: Search[archive]", "Action: Finish[Ada Crane]");
            await using var server = await ApiServer.StartAsync(
                o => (o.FilesFolder, o.RunsFolder) = (folder.CreateSubdirectory("files").FullName, Path.Combine(folder.FullName, "runs")),
                model,
                services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(ScriptedEmbeddings.Nature).AddSingleton<IReranker>(new ByWords()));
            var contract = await server.ContractAsync();
            var made = await MakeAsync(server);
            var operations = contract.Operations.Where(o => o.Path != "/openapi/v1.json").OrderBy(o => Array.IndexOf(s_order, o.Method)).ToList();
            Assert.Equal(ContractExamples.Ids.Order(), operations.Select(o => o.Operation.GetProperty("operationId").GetString()).Order());

            foreach (var (method, path, operation) in operations)
            {
                var id = operation.GetProperty("operationId").GetString()!;
                var example = ContractExamples.Of(id)!;
                var answer = await SendAsync(server, method, path, operation, example, made);
                if (Environment.GetEnvironmentVariable("RAG_UPDATE_GOLDEN") == "1")
                {
                    Write(id, example, answer, made);
                }

                Assert.All(Examples(operation), e => Assert.Empty(contract.Schemas.Faults(e.Schema, e.Value).Concat(contract.Schemas.Unnamed(e.Schema, e.Value)).Select(fault => $"{id}: {fault}")));
                if (example["answer"] is { } written)
                {
                    Assert.Equal(Shape(JsonNode.Parse(answer)), Shape(written));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Of every schema in the document, wherever it stands.
    private static IEnumerable<(string Place, JsonElement Schema)> PropertiesIn(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(m => m.Name is not ("example" or "examples")).SelectMany(m =>
            (m is { Name: "properties", Value.ValueKind: JsonValueKind.Object } ? m.Value.EnumerateObject().Select(p => ($"{place}.{p.Name}", p.Value)) : []).Concat(PropertiesIn(m.Value, $"{place}.{m.Name}"))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => PropertiesIn(item, $"{place}[{i}]")),
        _ => [],
    };

    [Fact]
    public async Task Document_names_the_place_that_the_app_has_put_the_api_at()
    {
        await using var server = await ApiServer.StartAsync(map: app =>
        {
            app.UsePathBase("/base");
            app.UseRouting();
            app.MapRag("/docs");
        });

        foreach (var place in (string[])["/base/docs", "/docs", "/base/docs"])
        {
            var document = JsonElement.Parse(await server.Client.GetStringAsync(new Uri($"{place}/openapi/v1.json", UriKind.Relative), Token));

            Assert.Equal($$"""[{"url":"{{place}}"}]""", document.GetProperty("servers").GetRawText());
            Assert.True(document.GetProperty("paths").TryGetProperty("/api/ask", out _));
        }
    }

    private static async Task<Dictionary<string, string>> MakeAsync(ApiServer server)
    {
        async Task<string> UploadAsync(string name, string text)
        {
            using var response = await server.Client.PostAsync(new Uri($"/api/documents?name={name}", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(text)), Token);
            var job = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("jobs")[0].GetProperty("id").GetString()!;
            await server.Client.GetStringAsync(new Uri($"/api/jobs/{job}/events", UriKind.Relative), Token);
            return job;
        }

        var (done, failed) = (await UploadAsync("report.txt", "The report is about herons."), await UploadAsync("empty.txt", ""));
        var (_, asked) = await server.PostAsync("/api/ask", new { question = "Who founded the archive?", session = "archive" });
        return new() { [Done] = done, [Failed] = failed, [Rated] = asked.GetProperty("id").GetString()! };
    }

    private static async Task<string> SendAsync(ApiServer server, string method, string path, JsonElement operation, JsonNode example, Dictionary<string, string> made)
    {
        var uri = new StringBuilder(path);
        using var request = new HttpRequestMessage(new(method), "/");
        foreach (var parameter in operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Where(p => p.TryGetProperty("example", out _)) : [])
        {
            var (name, values) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("example") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(v => v.ToString()) : [parameter.GetProperty("example").ToString()]);
            foreach (var value in values)
            {
                switch (parameter.GetProperty("in").GetString())
                {
                    case "path": uri.Replace($"{{{name}}}", value); break;
                    case "header": request.Headers.Add(name, value); break;
                    default: uri.Append(uri.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value)); break;
                }
            }
        }

        request.RequestUri = new(made.Aggregate(uri.ToString(), (text, m) => text.Replace(m.Key, m.Value, StringComparison.Ordinal)), UriKind.Relative);
        request.Content = example["body"] switch
        {
            null => null,
            JsonValue text => new ByteArrayContent(Encoding.UTF8.GetBytes(text.GetValue<string>())),
            var json => new StringContent(made.Aggregate(json.ToJsonString(), (text, m) => text.Replace(m.Key, m.Value, StringComparison.Ordinal)), Encoding.UTF8, "application/json"),
        };
        var (status, body) = await server.SendAsync(request);
        Assert.True((int)status < 300, $"{method} {request.RequestUri}: {status} {body}");
        return body;
    }

    private static IEnumerable<(JsonElement Schema, JsonElement Value)> Examples(JsonElement operation) =>
        (operation.TryGetProperty("requestBody", out var body) ? [body.GetProperty("content")] : Array.Empty<JsonElement>())
            .Concat(operation.GetProperty("responses").EnumerateObject().Where(r => r.Value.TryGetProperty("content", out _)).Select(r => r.Value.GetProperty("content")))
            .SelectMany(c => c.EnumerateObject()).Select(c => c.Value)
            .Concat(operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [])
            .Where(c => c.TryGetProperty("example", out _)).Select(c => (c.GetProperty("schema"), c.GetProperty("example")));

    // Names and kinds without the values.
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.Select(m => $"{m.Key}:{Shape(m.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Shape).Distinct())}]",
        null => "null",
        _ => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "boolean" : node.GetValueKind().ToString(),
    };

    private static void Write(string id, JsonNode example, string answer, Dictionary<string, string> made)
    {
        if (answer.StartsWith('{'))
        {
            example["answer"] = JsonNode.Parse(made.Aggregate(answer, (text, m) => text.Replace(m.Value, m.Key, StringComparison.Ordinal)));
        }

        File.WriteAllText(Path.Combine(SourceFolder.Of("../../../src/Rag.Api/Contract/Examples"), $"{id}.json"), $"{example.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}\n");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m.NameEquals("$ref") ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private sealed class ByWords : IReranker
    {
        public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates.Select(c => c with { Score = query.Text.Split(' ').Count(c.Chunk.Text.Contains) }).OrderByDescending(c => c.Score).Take(top)]);
    }

    [GeneratedRegex(@"^[A-Z]\S* \S.*[^. ]\.$")]
    private static partial Regex SentenceForm();
}
