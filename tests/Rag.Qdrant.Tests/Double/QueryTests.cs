using System.Globalization;

namespace Rag.Qdrant.Tests.Double;

public sealed class QueryTests : IDisposable
{
    private readonly DoubleServer _server = new();

    public void Dispose() => _server.Dispose();

    private static string Json(IEnumerable<float> numbers) => $"[{string.Join(',', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}]";

    private static void AssertEqual(IEnumerable<(ulong Id, double Score)> expected, IEnumerable<(ulong Id, float Score)> actual)
    {
        Assert.Equal(expected.Select(e => e.Id), actual.Select(a => a.Id));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5));
    }

    [Theory]
    [InlineData("v")]
    [InlineData("dot")]
    [InlineData("far")]
    public async Task Nearest_is_a_scan(string name)
    {
        var random = new Random(3);
        float[] Vector() => [(float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f];
        var vectors = Enumerable.Range(1, 60).ToDictionary(i => (ulong)i, _ => Vector());
        string Point(ulong id, float[] vector) => $$"""{"id":{{id}},"vector":{ "{{name}}":{{Json(vector)}} },"payload":{"odd":{{(id % 2 == 1 ? "true" : "false")}} } }""";
        await _server.PutAsync($"[{string.Join(',', vectors.Select(p => Point(p.Key, p.Value)))}]");
        var query = Vector();

        var found = await _server.QueryAsync($$"""{"query":{{Json(query)}},"using":"{{name}}","limit":7,"offset":3,"filter":{"must":[{"key":"odd","match":{"value":true} }]} }""");

        static double Dot(float[] a, float[] b) => ((double)a[0] * b[0]) + ((double)a[1] * b[1]);
        double Score(float[] v) => name switch
        {
            "v" => Dot(v, query) / Math.Sqrt(Dot(v, v) * Dot(query, query)),
            "dot" => Dot(v, query),
            _ => Math.Sqrt(Math.Pow(v[0] - query[0], 2) + Math.Pow(v[1] - query[1], 2)),
        };
        var scored = vectors.Where(p => p.Key % 2 == 1).Select(p => (Id: p.Key, Score: Score(p.Value)));
        AssertEqual((name == "far" ? scored.OrderBy(p => p.Score) : scored.OrderByDescending(p => p.Score)).Skip(3).Take(7), found);
    }

    [Fact]
    public async Task Sparse_scores_are_weighed_by_idf_among_those_that_have_the_vector()
    {
        await _server.PutAsync("""
            [{"id":1,"vector":{"words":{"indices":[1,2],"values":[1,2]}},"payload":{"t":"a"}},
             {"id":2,"vector":{"words":{"indices":[2],"values":[3]}},"payload":{"t":"a"}},
             {"id":3,"vector":{"words":{"indices":[1,7],"values":[4,1]}},"payload":{"t":"b"}},
             {"id":4,"vector":{"v":[1,0]}}]
            """);
        static double Idf(int all, int having) => Math.Log(1 + ((all - having + 0.5) / (having + 0.5)));

        var all = await _server.QueryAsync("""{"query":{"indices":[2,1],"values":[1,0.5]},"using":"words"}""");
        var scoped = await _server.QueryAsync("""{"query":{"indices":[2,1],"values":[1,0.5]},"using":"words","filter":{"must":[{"key":"t","match":{"value":"a"}}]},"params":{"idf":{"corpus":{"must":[{"key":"t","match":{"value":"a"}}]}}}}""");

        var (one, two) = (Idf(3, 2), Idf(3, 2));
        AssertEqual([(2ul, 3 * two), (1, (2 * two) + (0.5 * one)), (3, 4 * 0.5 * one)], all);
        AssertEqual([(1, (2 * Idf(2, 2)) + (0.5 * Idf(2, 1))), (2ul, 3 * Idf(2, 2))], scoped);
    }

    [Fact]
    public async Task Sparse_scores_without_the_modifier_are_a_dot_product_and_a_server_before_1_19_counts_all()
    {
        const string Two = """[{"id":1,"vector":{"words":{"indices":[1],"values":[1]},"plain":{"indices":[1,5],"values":[1,2]}},"payload":{"t":"a"}},{"id":2,"vector":{"words":{"indices":[2],"values":[1]}},"payload":{"t":"b"}}]""";
        const string Scoped = """{"query":{"indices":[1],"values":[1]},"using":"words","params":{"idf":{"corpus":{"must":[{"key":"t","match":{"value":"a"}}]}}}}""";
        await _server.PutAsync(Two);
        using var old = new DoubleServer(new(1, 18, 0));
        await old.PutAsync(Two);

        AssertEqual([(1, 4)], await _server.QueryAsync("""{"query":{"indices":[5,6],"values":[2,9]},"using":"plain"}"""));
        AssertEqual([(1, Math.Log(1 + (0.5 / 1.5)))], await _server.QueryAsync(Scoped));
        AssertEqual([(1, Math.Log(1 + (1.5 / 1.5)))], await old.QueryAsync(Scoped));
    }

    [Fact]
    public async Task A_point_as_the_query_is_not_its_own_neighbour()
    {
        await _server.PutAsync("""[{"id":1,"vector":{"dot":[1,0]}},{"id":2,"vector":{"dot":[2,1]}},{"id":3,"vector":{"dot":[1,1]}}]""");

        AssertEqual([(2, 2), (3, 1)], await _server.QueryAsync("""{"query":1,"using":"dot"}"""));
        AssertEqual([(2, 2)], await _server.QueryAsync("""{"query":{"nearest":1},"using":"dot","score_threshold":1}""")); // beyond it, not at it
    }

    [Theory]
    [InlineData("""{"fusion":"rrf"}""", 2, 1f, 1f)]
    [InlineData("""{"rrf":{}}""", 2, 1f, 1f)]
    [InlineData("""{"rrf":{"k":60}}""", 60, 1f, 1f)]
    [InlineData("""{"rrf":{"k":3,"weights":[3,0.5]}}""", 3, 3f, 0.5f)]
    [InlineData("""{"rrf":{"weights":[0,1]}}""", 2, 0f, 1f)]
    public async Task Reciprocal_rank_fusion_adds_what_ranks_are_worth(string fusion, int k, float first, float second)
    {
        await FillAsync();

        var found = await _server.QueryAsync($$"""{"prefetch":[{"query":[1,0],"using":"dot","limit":3},{"query":[0,1],"using":"dot","limit":2}],"query":{{fusion}}}""");

        // By the first number 4, 3, 2; by the second 1, 2.
        double Share(int rank, float weight) => weight == 0 ? 0 : 1 / ((rank / (double)weight) + k - 1);
        var expected = new Dictionary<ulong, double> { [4] = Share(1, first), [3] = Share(2, first), [2] = Share(3, first) + Share(2, second), [1] = Share(1, second) };
        Assert.Equal(expected.Values.OrderDescending(), found.Select(f => (double)f.Score), (e, a) => Math.Abs(e - a) < 1e-5);
        Assert.All(found, f => Assert.Equal(expected[f.Id], f.Score, 1e-5));
    }

    [Fact]
    public async Task Score_fusion_scales_by_the_deviation_of_the_sample()
    {
        await FillAsync();

        var found = await _server.QueryAsync("""{"prefetch":[{"query":[1,0],"using":"dot","limit":3},{"query":[0,1],"using":"dot","limit":1}],"query":{"fusion":"dbsf"},"score_threshold":0.5}""");

        // Scores 4, 3, 2: mean 3, deviation 1; a list of one gives a half. At the threshold is enough here.
        AssertEqual([(4ul, 4 / 6.0), (3, 0.5), (1, 0.5)], found); // equal scores by descending id
    }

    [Fact]
    public async Task Filters_go_down_into_what_is_fetched_first()
    {
        await FillAsync();

        var found = await _server.QueryAsync("""
            {"prefetch":{"prefetch":[{"query":[1,0],"using":"dot","limit":2,"filter":{"must_not":[{"has_id":[3]}]}}],"query":[0,1],"using":"dot","limit":1},
             "query":[1,0],"using":"dot","filter":{"must_not":[{"has_id":[4]}]}}
            """);

        AssertEqual([(1, 1)], found); // of 2 and 1, which the first numbers give, 1 has the higher second number
    }

    [Fact]
    public async Task Threshold_and_limit_hold_inside_a_prefetch()
    {
        await FillAsync();

        AssertEqual([(4, 0.5)], await _server.QueryAsync("""{"prefetch":[{"query":[1,0],"using":"dot","score_threshold":3}],"query":{"fusion":"rrf"}}"""));
        Assert.Equal(10, (await _server.QueryAsync("""{"prefetch":[{"query":[1,0],"using":"far"}],"query":{"fusion":"rrf"},"limit":50}""")).Length); // a prefetch of no limit has ten
    }

    [Fact]
    public async Task Diversity_takes_what_differs_and_keeps_the_scores()
    {
        await _server.PutAsync("""[{"id":1,"vector":{"v":[1,0]}},{"id":2,"vector":{"v":[0.99,0.14]}},{"id":3,"vector":{"v":[0.6,-0.8]}}]""");

        var near = await _server.QueryAsync("""{"query":{"nearest":[1,0],"mmr":{"diversity":0,"candidates_limit":3}},"using":"v","limit":2}""");
        var diverse = await _server.QueryAsync("""{"query":{"nearest":[1,0],"mmr":{"diversity":0.8,"candidates_limit":3}},"using":"v","limit":2}""");

        Assert.Equal([1, 2], near.Select(n => n.Id));
        AssertEqual([(1, 1), (3, 0.6)], diverse);
    }

    [Fact]
    public async Task Batch_answers_each_search()
    {
        await FillAsync();

        var found = await _server.DoAsync("POST", "points/query/batch", """{"searches":[{"query":[1,0],"using":"dot","limit":1},{"limit":2,"with_payload":true}]}""");

        Assert.Equal([4], DoubleServer.Ids(found[0]!["points"]));
        Assert.Equal([1, 2], DoubleServer.Ids(found[1]!["points"]));
        Assert.Null(found[0]!["points"]![0]!["payload"]);
        Assert.Equal("""{"g":["a","b"]}""", found[1]!["points"]![0]!["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task Groups_hold_the_nearest_of_each_value()
    {
        await FillAsync();

        var found = await _server.DoAsync("POST", "points/query/groups", """{"query":[1,0],"using":"dot","group_by":"g","group_size":2,"limit":2}""");

        Assert.Equal("c:4 b:3,1", string.Join(' ', found["groups"]!.AsArray().Select(g => $"{g!["id"]}:{string.Join(',', DoubleServer.Ids(g["hits"]))}")));
    }

    /// <summary>Points 1 to 4 whose first number is their id and whose second goes the other way, and others that are far from all.</summary>
    private Task FillAsync()
    {
        var others = Enumerable.Range(100, 20).Select(i => $$"""{"id":{{i}},"vector":{"far":[{{i}},0]} }""");
        return _server.PutAsync($$"""
            [{"id":1,"vector":{"dot":[1,9],"far":[0,0]},"payload":{"g":["a","b"]} },{"id":2,"vector":{"dot":[2,8],"far":[0,0]},"payload":{"g":"a"} },
             {"id":3,"vector":{"dot":[3,7],"far":[0,0]},"payload":{"g":"b"} },{"id":4,"vector":{"dot":[4,6],"far":[0,0]},"payload":{"g":"c"} },
             {{string.Join(',', others)}}]
            """);
    }
}
