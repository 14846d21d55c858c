using System.Text.Json.Nodes;

namespace Rag.Qdrant.Tests.Double;

public sealed class PointTests : IDisposable
{
    private readonly DoubleServer _server = new();

    public void Dispose() => _server.Dispose();

    private async Task<string> PayloadAsync(int id) => (await _server.DoAsync("POST", "points", $$"""{"ids":[{{id}}]}"""))[0]!["payload"]!.ToJsonString();

    private async Task<ulong[]> AllAsync() => await _server.FilteredAsync("{}");

    [Fact]
    public async Task Upsert_replaces_a_point_whole()
    {
        await _server.PutAsync("""[{"id":1,"vector":{"v":[3,4],"words":{"indices":[9,2],"values":[1,2]}},"payload":{"a":1,"b":2}}]""");
        await _server.PutAsync("""[{"id":1,"vector":{"v":[3,4]},"payload":{"a":5}},{"id":1,"vector":{"v":[0,2]},"payload":{"a":6}}]""");

        var point = (await _server.DoAsync("POST", "points", """{"ids":[1,2],"with_vector":true}"""))[0]!;

        Assert.Equal("""{"v":[0,1]}""", point["vector"]!.ToJsonString());
        Assert.Equal("""{"a":6}""", point["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task Cosine_vectors_come_back_with_length_one_and_others_as_they_were()
    {
        await _server.PutAsync("""[{"id":1,"vector":{"v":[3,4],"dot":[3,4],"words":{"indices":[9,2],"values":[1,2]}}}]""");

        var vectors = (await _server.DoAsync("GET", "points/1"))["vector"]!;

        Assert.Equal("""{"v":[0.6,0.8],"dot":[3,4],"words":{"indices":[2,9],"values":[2,1]}}""", vectors.ToJsonString());
    }

    [Fact]
    public async Task Upsert_takes_columns_as_well()
    {
        await _server.DoAsync("PUT", "points", """{"batch":{"ids":[1,2],"vectors":{"dot":[[1,2],[3,4]]},"payloads":[{"a":1},null]}}""");

        Assert.Equal(2, (await AllAsync()).Length);
        Assert.Equal("""{"a":1}""", await PayloadAsync(1));
        Assert.Equal("{}", await PayloadAsync(2));
    }

    [Theory]
    [InlineData("1.19.0", """ "update_filter":{"must":[{"key":"n","range":{"lt":5}}]} """, 9, 5, 9)]
    [InlineData("1.15.0", """ "update_filter":{"must":[{"key":"n","range":{"lt":5}}]} """, 9, 9, 9)] // a field it does not know yet
    [InlineData("1.19.0", """ "update_mode":"insert_only" """, 1, 5, 9)]
    [InlineData("1.19.0", """ "update_mode":"update_only" """, 9, 9, null)]
    public async Task Upsert_may_be_conditional(string version, string condition, int first, int second, int? third)
    {
        using var server = new DoubleServer(Version.Parse(version));
        await server.PutAsync("""[{"id":1,"vector":{},"payload":{"n":1}},{"id":2,"vector":{},"payload":{"n":5}}]""");

        await server.DoAsync("PUT", "points", $$"""{"points":[{"id":1,"vector":{},"payload":{"n":9} },{"id":2,"vector":{},"payload":{"n":9} },{"id":3,"vector":{},"payload":{"n":9} }],{{condition}} }""");

        var numbers = server.Server["c"].Points.Select(p => (int)p["payload"]!["n"]!);
        Assert.Equal(third is null ? [first, second] : [first, second, third.Value], numbers);
    }

    [Fact]
    public async Task Payload_is_merged_replaced_and_taken_away()
    {
        await _server.PutAsync("""[{"id":1,"vector":{},"payload":{"a":1,"b":{"c":2,"d":3}}},{"id":2,"vector":{},"payload":{"a":7}}]""");

        await _server.DoAsync("POST", "points/payload", """{"payload":{"a":4,"x":5},"points":[1]}""");
        Assert.Equal("""{"b":{"c":2,"d":3},"a":4,"x":5}""", await PayloadAsync(1));
        await _server.DoAsync("POST", "points/payload/delete", """{"keys":["a","b.c"],"filter":{"must":[{"key":"x","match":{"value":5}}]}}""");
        Assert.Equal("""{"b":{"d":3},"x":5}""", await PayloadAsync(1));
        await _server.DoAsync("POST", "points/payload", """{"payload":{"z":1},"key":"b","points":[1]}""");
        Assert.Equal("""{"b":{"d":3,"z":1},"x":5}""", await PayloadAsync(1));
        await _server.DoAsync("PUT", "points/payload", """{"payload":{"y":6},"points":[1]}""");
        Assert.Equal("""{"y":6}""", await PayloadAsync(1));
        await _server.DoAsync("POST", "points/payload/clear", """{"points":[1]}""");
        Assert.Equal("{}", await PayloadAsync(1));
        Assert.Equal("""{"a":7}""", await PayloadAsync(2));
    }

    [Fact]
    public async Task Vectors_are_changed_without_the_rest()
    {
        await _server.PutAsync("""[{"id":1,"vector":{"dot":[1,2],"far":[1,2]},"payload":{"a":1}}]""");

        await _server.DoAsync("PUT", "points/vectors", """{"points":[{"id":1,"vector":{"dot":[5,6]}}]}""");
        await _server.DoAsync("POST", "points/vectors/delete", """{"points":[1],"vector":["far"]}""");

        Assert.Equal("""{"id":1,"payload":{"a":1},"vector":{"dot":[5,6]}}""", Assert.Single(_server.Server["c"].Points).ToJsonString());
        Assert.Empty(await _server.FilteredAsync("""{"must":[{"has_vector":"far"}]}"""));
        Assert.Single(await _server.FilteredAsync("""{"must":[{"has_vector":"dot"}]}"""));
    }

    [Fact]
    public async Task Batch_does_its_operations_in_sequence()
    {
        var results = await _server.DoAsync("POST", "points/batch?wait=true", """
            {"operations":[
                {"upsert":{"points":[{"id":1,"vector":{}},{"id":2,"vector":{}},{"id":3,"vector":{}}]}},
                {"set_payload":{"payload":{"k":"x"},"points":[2,3]}},
                {"delete":{"filter":{"must_not":[{"key":"k","match":{"value":"x"}}]}}},
                {"delete":{"points":[3,99]}}]}
            """);

        Assert.Equal(["completed", "completed", "completed", "completed"], results.AsArray().Select(r => (string)r!["status"]!));
        Assert.Equal(2ul, Assert.Single(await AllAsync()));
    }

    [Fact]
    public async Task Scroll_goes_through_all_points_once_in_order_of_id()
    {
        var ids = Enumerable.Range(0, 25).Select(i => i % 2 == 0 ? $"{i + 1}" : $"\"{new Guid(i, 0, 0, new byte[8])}\"").ToList();
        await _server.PutAsync($"[{string.Join(',', ids.AsEnumerable().Reverse().Select(id => $$"""{"id":{{id}},"vector":{},"payload":{"a":1} }"""))}]");

        var (found, offset) = (new List<string>(), (JsonNode?)null);
        do
        {
            var page = await _server.DoAsync("POST", "points/scroll", $$"""{"limit":4,"with_payload":false,"offset":{{offset?.ToJsonString() ?? "null"}}}""");
            Assert.All(page["points"]!.AsArray(), p => Assert.Null(p!["payload"]));
            found.AddRange(page["points"]!.AsArray().Select(p => p!["id"]!.ToJsonString()));
            offset = page["next_page_offset"];
        }
        while (offset is not null);

        Assert.Equal(ids.OrderBy(id => id[0] == '"').ThenBy(id => id[0] == '"' ? 0 : int.Parse(id)).ThenBy(id => id, StringComparer.Ordinal), found);
    }

    [Theory]
    [InlineData("true", """{"a":1,"b":{"c":2,"d":3}}""")]
    [InlineData("""["b.c"]""", """{"b":{"c":2}}""")]
    [InlineData("""{"include":["a","x"]}""", """{"a":1}""")]
    [InlineData("""{"exclude":["a","b.d"]}""", """{"b":{"c":2}}""")]
    public async Task Payload_is_shown_in_part(string selector, string shown)
    {
        await _server.PutAsync("""[{"id":1,"vector":{},"payload":{"a":1,"b":{"c":2,"d":3}}}]""");

        var page = await _server.DoAsync("POST", "points/scroll", $$"""{"with_payload":{{selector}}}""");

        Assert.Equal(shown, page["points"]![0]!["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task Facet_and_count_count_what_the_filter_lets_through()
    {
        await _server.DoAsync("PUT", "index", """{"field_name":"k","field_schema":"keyword"}""");
        await _server.PutAsync("""[{"id":1,"vector":{},"payload":{"k":["a","b","a"]}},{"id":2,"vector":{},"payload":{"k":"b"}},{"id":3,"vector":{},"payload":{"k":"c"}}]""");

        var facet = await _server.DoAsync("POST", "facet", """{"key":"k","filter":{"must_not":[{"has_id":[3]}]}}""");
        var count = await _server.DoAsync("POST", "points/count", """{"filter":{"must":[{"key":"k","match":{"any":["b","c"]}}]}}""");

        Assert.Equal("""[{"value":"b","count":2},{"value":"a","count":1}]""", facet["hits"]!.ToJsonString());
        Assert.Equal(3, (int)count["count"]!);
    }

    [Fact]
    public async Task Order_by_needs_the_field_and_goes_either_way()
    {
        await _server.DoAsync("PUT", "index", """{"field_name":"at","field_schema":"datetime"}""");
        await _server.PutAsync("""[{"id":1,"vector":{},"payload":{"at":"2024-05-01T00:00:00Z"}},{"id":2,"vector":{}},{"id":3,"vector":{},"payload":{"at":"2023-05-01"}}]""");

        var up = await _server.DoAsync("POST", "points/scroll", """{"order_by":"at"}""");
        var down = await _server.DoAsync("POST", "points/scroll", """{"order_by":{"key":"at","direction":"desc","start_from":"2024-01-01T00:00:00Z"}}""");

        Assert.Equal([3, 1], DoubleServer.Ids(up["points"]));
        Assert.Equal([3], DoubleServer.Ids(down["points"]));
        Assert.Equal(1682899200000000, (long)up["points"]![0]!["order_value"]!);
    }
}
