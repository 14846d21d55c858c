using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests.Double;

public sealed class CollectionTests : IDisposable
{
    private readonly DoubleServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Collection_is_made_once_found_and_deleted()
    {
        Assert.Equal(200, (await _server.SendAsync("PUT", "collections/new", """{"vectors":{"size":3,"distance":"Dot"}}""")).Status);
        var again = await _server.SendAsync("PUT", "collections/new", """{"vectors":{"size":3,"distance":"Dot"}}""");

        Assert.Equal((409, "Wrong input: Collection `new` already exists!"), (again.Status, (string)again.Answer!["status"]!["error"]!));
        Assert.Equal("""[{"name":"c"},{"name":"new"}]""", (await _server.SendAsync("GET", "collections")).Answer!["result"]!["collections"]!.ToJsonString());
        Assert.True((bool)(await _server.SendAsync("DELETE", "collections/new")).Answer!["result"]!);
        Assert.False((bool)(await _server.SendAsync("GET", "collections/new/exists")).Answer!["result"]!["exists"]!);
        Assert.Equal(404, (await _server.SendAsync("GET", "collections/new")).Status);
    }

    [Fact]
    public async Task Description_holds_vectors_indexes_and_counts()
    {
        await _server.DoAsync("PUT", "index?wait=true", """{"field_name":"tags.author","field_schema":{"type":"keyword","is_tenant":true}}""");
        await _server.DoAsync("PUT", "vectors/late", """{"dense":{"size":5,"distance":"Dot"}}""");
        await _server.PutAsync("""[{"id":1,"vector":{},"payload":{"tags":{"author":"x"}}},{"id":2,"vector":{}}]""");

        var described = await _server.DoAsync("GET", "");

        Assert.Equal(5, (int)described["config"]!["params"]!["vectors"]!["late"]!["size"]!);
        Assert.Equal("idf", (string)described["config"]!["params"]!["sparse_vectors"]!["words"]!["modifier"]!);
        Assert.Equal(("keyword", 1), ((string)described["payload_schema"]!["tags.author"]!["data_type"]!, (int)described["payload_schema"]!["tags.author"]!["points"]!));
        Assert.Equal(2, (int)described["points_count"]!);
    }

    [Theory]
    [InlineData("PUT", "points", """{"points":[{"id":1,"vector":{"v":[1,2,3]}}]}""", 400, "Wrong input: Vector dimension error: expected dim: 2, got 3")]
    [InlineData("PUT", "points", """{"points":[{"id":1,"vector":{"w":[1,2]}}]}""", 400, "Wrong input: Not existing vector name error: w")]
    [InlineData("PUT", "points", """{"points":[{"id":"one","vector":{}}]}""", 400, "is not a valid point ID")]
    [InlineData("PUT", "points", """{"points":[{"id":1,"vector":{"plain":{"indices":[1,1],"values":[1,2]}}}]}""", 422, "must be unique")]
    [InlineData("PUT", "points", """{"points":[{"id":1,"vector":{},"payload":{"a":"\ud800"}}]}""", 400, "surrogate")]
    [InlineData("PUT", "points", """{"points":""", 400, "Format error in JSON body")]
    [InlineData("POST", "points/scroll", """{"limit":0}""", 422, "limit: value 0 invalid, must be 1 or larger")]
    [InlineData("POST", "points/scroll", """{"filter":{"musst":[]}}""", 400, "unknown field `musst`")]
    [InlineData("POST", "points/query", """{"query":[1,0]}""", 400, "Not existing vector name error: ")]
    [InlineData("POST", "points/query", """{"query":{"fusion":"rrf"}}""", 400, "cannot apply Fusion without prefetches")]
    [InlineData("POST", "points/query", """{"prefetch":{"query":[1,0],"using":"v"}}""", 400, "cannot have prefetches without a query")]
    [InlineData("POST", "points/query", """{"query":7,"using":"v"}""", 404, "No point with id 7 found")]
    [InlineData("POST", "points/payload", """{"payload":{"a":1},"points":[7]}""", 404, "No point with id 7 found")]
    [InlineData("POST", "facet", """{"key":"a"}""", 400, "No appropriate index for faceting: `a`")]
    [InlineData("POST", "points/scroll", """{"order_by":"a"}""", 400, "No range index for `order_by` key: `a`")]
    [InlineData("PUT", "vectors/v", """{"dense":{"size":3,"distance":"Cosine"}}""", 400, "already exists")]
    public async Task Server_refuses_in_its_words(string method, string rest, string body, int status, string about)
    {
        var (actual, answer) = await _server.SendAsync(method, $"collections/c/{rest}", body);

        Assert.Equal(status, actual);
        Assert.Contains(about, (string)answer!["status"]!["error"]!, StringComparison.Ordinal);
        Assert.Empty(_server.Server["c"].Points);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var small = new QdrantDouble { MaxRequestBytes = 10 };
        using var http = new HttpClient(small, disposeHandler: false);

        using var reply = await http.PutAsync(new Uri("http://double/collections/c"), new StringContent("""{"vectors":{}}""", null, "application/json"));

        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Contains("larger than allowed (limit: 10 bytes)", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Must provide an API key or an Authorization bearer token")]
    [InlineData("wrong", "Invalid API key or JWT")]
    [InlineData("right", null)]
    public async Task A_key_is_asked_for(string? key, string? refusal)
    {
        using var locked = new QdrantDouble { ApiKey = "right" };
        using var http = new HttpClient(locked, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://double/collections");
        if (key is not null)
        {
            request.Headers.Add("api-key", key);
        }

        using var reply = await http.SendAsync(request);

        Assert.Equal(refusal is null ? 200 : 401, (int)reply.StatusCode);
        Assert.Equal(refusal ?? """{"result":{"collections":[]},"status":"ok","time":0}""", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Snapshots_are_named()
    {
        var made = await _server.DoAsync("POST", "snapshots");

        Assert.Equal((string)made["name"]!, (string)(await _server.DoAsync("GET", "snapshots"))[0]!["name"]!);
    }

    [Theory]
    [InlineData("1.9.0", "POST", "points/query")]
    [InlineData("1.9.0", "POST", "facet")]
    [InlineData("1.17.1", "PUT", "vectors/more")]
    public async Task An_older_server_does_not_know_newer_paths(string version, string method, string rest)
    {
        using var old = new DoubleServer(Version.Parse(version));

        Assert.Equal(404, (await old.SendAsync(method, $"collections/c/{rest}", """{"query":[1,0],"using":"v"}""")).Status);
        Assert.Equal(version, (string)(await old.SendAsync("GET", "")).Answer!["version"]!);
        old.Server.Exchanges.Clear(); // the published API is of a newer version
    }

    [Fact]
    public async Task Unknown_form_of_query_is_no_answer()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => _server.SendAsync("POST", "collections/c/points/query", """{"query":{"sample":"random"}}"""));
    }
}
