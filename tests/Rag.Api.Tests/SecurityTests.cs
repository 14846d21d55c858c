using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rag.Api.Security;

namespace Rag.Api.Tests;

public sealed partial class SecurityTests
{
    /// <summary>Every endpoint that guards something, a request that would succeed with all scopes, and the scope that it takes.</summary>
    public static TheoryData<string, string, string?, ApiScope> Endpoints => new()
    {
        { "POST", "/api/search", """{"query":"archive"}""", ApiScope.Search },
        { "POST", "/api/ask", """{"question":"Who founded the archive?"}""", ApiScope.Ask },
        { "GET", "/api/documents", null, ApiScope.Search },
        { "GET", "/api/documents/text/guides/archive.md", null, ApiScope.Search },
        { "GET", "/api/documents/words/guides/archive.md?page=1", null, ApiScope.Search },
        { "DELETE", "/api/documents/guides/printer.md", null, ApiScope.Write },
        { "POST", "/api/documents?name=x.txt", "a text", ApiScope.Write },
        { "POST", "/api/documents/reindex?document=guides/archive.md", null, ApiScope.Write },
        { "GET", "/api/documents/file/guides/archive.md", null, ApiScope.Search },
        { "GET", "/api/jobs", null, ApiScope.Write },
        { "GET", "/api/jobs/x", null, ApiScope.Write },
        { "GET", "/api/jobs/x/events", null, ApiScope.Write },
        { "POST", "/api/jobs/x/retry", null, ApiScope.Write },
        { "DELETE", "/api/jobs/x", null, ApiScope.Write },
        { "GET", "/api/sessions", null, ApiScope.Ask },
        { "GET", "/api/sessions/a", null, ApiScope.Ask },
        { "DELETE", "/api/sessions/a", null, ApiScope.Ask },
        { "POST", "/api/agents", """{"task":"Who?"}""", ApiScope.Ask },
        { "GET", "/api/evaluations", null, ApiScope.Observe },
        { "GET", "/metrics", null, ApiScope.Observe },
        { "POST", "/v1/chat/completions", """{"model":"rag","messages":[{"role":"user","content":"Who?"}]}""", ApiScope.Ask },
        { "POST", "/v1/responses", """{"model":"rag","input":"Who?"}""", ApiScope.Ask },
        { "POST", "/v1/embeddings", """{"model":"x","input":"x"}""", ApiScope.Ask },
        { "POST", "/v1/rerank", """{"query":"x","documents":["x"]}""", ApiScope.Ask },
        { "GET", "/v1/models", null, ApiScope.Ask },
        { "POST", "/api/feedback", """{"verdict":"good","answerId":"x"}""", ApiScope.Feedback },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_takes_its_scope_and_no_other(string method, string path, string? body, ApiScope scope)
    {
        var (secrets, keys) = KeysOfEachScope();
        await using var server = await ApiServer.StartAsync(o => keys.ForEach(o.Keys.Add));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, method, path, body, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, method, path, body, "rag_wrong"));
        foreach (var (other, secret) in secrets)
        {
            var status = await StatusAsync(server, method, path, body, secret);
            Assert.True(other == scope ? status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) : status == HttpStatusCode.Forbidden, $"{method} {path} with {other}: {status}");
        }
    }

    [Fact]
    public async Task Every_endpoint_that_guards_something_is_in_the_table()
    {
        await using var server = await ApiServer.StartAsync();
        var guarded = server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } route && route != "/" && !route.StartsWith("/page", StringComparison.Ordinal) && !route.StartsWith("/health", StringComparison.Ordinal) && route != "/openapi/v1.json")
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods);

        Assert.Equal(Endpoints.Select(e => e.Data.Item1).Order(), guarded.Order());
    }

    [Fact]
    public async Task Key_sees_its_tenant_and_groups_and_nothing_else()
    {
        var (mine, key) = ApiKey.Create("mine", ApiScope.All);
        var (board, boardKey) = ApiKey.Create("board", ApiScope.All);
        var (other, otherKey) = ApiKey.Create("other", ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => { o.Keys.Add(key); o.Keys.Add(boardKey with { Groups = ["board"] }); o.Keys.Add(otherKey with { Tenant = "other" }); });

        Assert.Equal(["guides/archive.md", "guides/printer.md"], await IdsAsync(server, mine));
        Assert.Equal(["board/minutes.md", "guides/archive.md", "guides/printer.md"], await IdsAsync(server, board));
        Assert.Equal(["secret.md"], await IdsAsync(server, other));
        foreach (var (secret, id) in ((string, string)[])[(mine, "secret.md"), (mine, "board/minutes.md"), (other, "guides/archive.md")])
        {
            var hidden = await server.GetAsync($"/api/documents/text/{id}", secret);
            var absent = await server.GetAsync("/api/documents/text/nowhere.md", secret);
            Assert.Equal((HttpStatusCode.NotFound, absent.Body.GetProperty("detail").GetString()!.Replace("nowhere.md", id, StringComparison.Ordinal)), (hidden.Status, hidden.Body.GetProperty("detail").GetString()));
            Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Delete, $"/api/documents/{id}", null, secret)).Status);
        }

        Assert.DoesNotContain("million", (await server.PostAsync("/api/search", new { query = "board sell archive million" }, mine)).Body.GetProperty("hits").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Oslo", (await server.PostAsync("/api/ask", new { question = "Where does the archive of the other tenant lie?" }, mine)).Body.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Requests about something of another tenant, group or key: what is asked, with ID in place of the name, and the names of what is hidden.</summary>
    public static TheoryData<string, string, string?> Lookups => new()
    {
        { "GET", "/api/documents/text/ID", null },
        { "GET", "/api/documents/words/ID?page=1", null },
        { "GET", "/api/documents/file/ID", null },
        { "DELETE", "/api/documents/ID", null },
        { "POST", "/api/documents/reindex?document=ID", null },
        { "GET", "/api/documents?after=ID", null },
        { "GET", "/api/jobs/ID", null },
        { "DELETE", "/api/jobs/ID", null },
        { "GET", "/api/sessions/ID", null },
        { "DELETE", "/api/sessions/ID", null },
        { "POST", "/api/feedback", """{"verdict":"good","answerId":"ID"}""" },
        { "POST", "/api/search", """{"query":"archive","filter":"id = \"ID\""}""" },
        { "POST", "/api/search", """{"query":"ID"}""" },
    };

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task What_belongs_to_others_is_answered_as_what_is_not_there(string method, string path, string? body)
    {
        var folder = Directory.CreateTempSubdirectory("rag-lookups-");
        var (mine, key) = ApiKey.Create("mine", ApiScope.All);
        var (other, otherKey) = ApiKey.Create("other", ApiScope.All);
        await using (var server = await ApiServer.StartAsync(o => { o.FilesFolder = folder.FullName; o.Keys.Add(key); o.Keys.Add(otherKey with { Tenant = "other" }); }))
        {
            var (_, asked) = await server.PostAsync("/api/ask", new { question = "Where does the archive lie?", session = "theirs" }, other);
            var (_, uploaded) = await server.PostAsync("/api/documents?name=theirs.json", new { }, other);
            string[] hidden = ["secret.md", "board/minutes.md", "theirs", asked.GetProperty("id").GetString()!, uploaded.GetProperty("jobs")[0].GetProperty("id").GetString()!];

            foreach (var id in hidden)
            {
                var absent = id[..^1] + (id[^1] == 'e' ? 'f' : 'e'); // as long, and sorted beside it
                Assert.Equal(await AnswerAsync(absent), await AnswerAsync(id));
            }

            async Task<(HttpStatusCode, string)> AnswerAsync(string id)
            {
                using var request = new HttpRequestMessage(new(method), path.Replace("ID", id, StringComparison.Ordinal));
                request.Content = body is null ? null : new StringContent(body.Replace("ID", id, StringComparison.Ordinal), Encoding.UTF8, "application/json");
                request.Headers.Authorization = new("Bearer", mine);
                using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                return (response.StatusCode, MadeUp().Replace(text.Replace(id, "ID", StringComparison.Ordinal), "made up"));
            }
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Sessions_and_answers_of_one_key_are_unknown_to_another()
    {
        var (mine, key) = ApiKey.Create("mine", ApiScope.All);
        var (other, otherKey) = ApiKey.Create("other", ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => { o.Keys.Add(key); o.Keys.Add(otherKey); });
        var (_, asked) = await server.PostAsync("/api/ask", new { question = "Who founded the archive?", session = "a" }, mine);

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/sessions/a", other)).Status);
        Assert.Equal(0, (await server.GetAsync("/api/sessions", other)).Body.GetProperty("sessions").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync("/api/feedback", new { verdict = "good", answerId = asked.GetProperty("id").GetString() }, other)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/sessions/a", mine)).Status);
    }

    [Fact]
    public async Task Scores_are_shown_only_to_keys_that_may_see_them()
    {
        var (plain, key) = ApiKey.Create("plain", ApiScope.All);
        var (trusted, trustedKey) = ApiKey.Create("trusted", ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => { o.Keys.Add(key); o.Keys.Add(trustedKey with { Scores = true }); });

        Assert.False((await server.PostAsync("/api/search", new { query = "archive" }, plain)).Body.GetProperty("hits")[0].TryGetProperty("score", out _));
        Assert.True((await server.PostAsync("/api/search", new { query = "archive" }, trusted)).Body.GetProperty("hits")[0].GetProperty("score").GetDouble() > 0);
        Assert.Equal(0, (await server.PostAsync("/api/ask", new { question = "Who founded the archive?" }, plain)).Body.GetProperty("answer").GetProperty("sources")[0].GetProperty("score").GetDouble());
    }

    [Theory]
    [InlineData("Host", "evil.example")] // a name of somebody's own that leads here
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Without_keys_only_this_machine_is_answered(string header, string value)
    {
        await using var server = await ApiServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/documents");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/documents")).Status);
    }

    [Fact]
    public async Task Key_that_asks_too_often_is_told_to_wait()
    {
        var (secret, key) = ApiKey.Create("eager", ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => o.Keys.Add(key with { RequestsPerMinute = 30 }));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
        {
            statuses.Add((await server.GetAsync("/api/documents", secret)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("""{"question":5}""", "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"question":""}""", "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{}""", "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""null""", "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"question":"x" """, "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"question":"x","filter":"("}""", "application/json", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""question=x""", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "wrong-content-type")]
    public async Task Wrong_requests_are_problems_that_say_what_is_wrong(string body, string type, HttpStatusCode status, string problem)
    {
        await using var server = await ApiServer.StartAsync();
        using var response = await server.Client.PostAsync("/api/ask", new StringContent(body, Encoding.UTF8, type), TestContext.Current.CancellationToken);
        var json = System.Text.Json.JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((status, "application/problem+json", $"urn:rag:problem:{problem}"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, json.GetProperty("type").GetString()));
        Assert.True(json.GetProperty("detail").GetString()!.Length > 20);
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_whatever_it_says_of_its_length()
    {
        await using var server = await ApiServer.StartAsync(o => o.MaxRequestBytes = 1000);
        var body = $$"""{"question":"{{new string('x', 5000)}}"}""";
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/ask") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.PostAsync("/api/ask", new { question = new string('x', 5000) })).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.Client.SendAsync(chunked, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Audit_log_tells_who_did_what_and_nothing_of_what_was_said()
    {
        var (secret, key) = ApiKey.Create("auditor", ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => o.Keys.Add(key));
        await server.PostAsync("/api/ask", new { question = "Who founded the archive?" }, secret);
        await server.GetAsync("/api/documents/text/guides/archive.md", "rag_wrong");

        Assert.Contains("auditor POST /api/ask", server.Log);
        Assert.Contains("nobody GET /api/documents/text/{**document} refused: 401 urn:rag:problem:unauthenticated", server.Log);
        Assert.DoesNotContain(server.Log, line => line.Contains("founded", StringComparison.Ordinal) || line.Contains(secret, StringComparison.Ordinal) || line.Contains("rag_wrong", StringComparison.Ordinal));
    }

    // ids and times differ from answer to answer
    [System.Text.RegularExpressions.GeneratedRegex("""\"id\":\"[0-9a-f]{32}\"|\"(?:seconds|milliseconds)\":[0-9.e-]+""")]
    private static partial System.Text.RegularExpressions.Regex MadeUp();

    private static (List<(ApiScope Scope, string Secret)> Secrets, List<ApiKey> Keys) KeysOfEachScope()
    {
        var made = ((ApiScope[])[ApiScope.Search, ApiScope.Ask, ApiScope.Write, ApiScope.Feedback, ApiScope.Observe]).Select(s => (Scope: s, Made: ApiKey.Create(s.ToString(), s))).ToList();
        return ([.. made.Select(m => (m.Scope, m.Made.Secret))], [.. made.Select(m => m.Made.Key)]);
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiServer server, string method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<List<string?>> IdsAsync(ApiServer server, string key) => [.. (await server.GetAsync("/api/documents", key)).Body.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("id").GetString())];
}
