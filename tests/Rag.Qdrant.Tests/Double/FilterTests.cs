namespace Rag.Qdrant.Tests.Double;

public sealed class FilterTests : IDisposable
{
    private const string Points = """
        [{"id":1,"vector":{"v":[1,0]},"payload":{"s":"red","n":1,"b":true,"l":["x","y"],"o":{"a":"one","many":[{"k":1,"v":"p"},{"k":2,"v":"q"}]},"t":"2024-01-01T00:00:00Z"}},
         {"id":2,"vector":{},"payload":{"s":"red fish","n":2.5,"b":false,"l":["y","z"],"o":{"a":"two","many":[{"k":1,"v":"q"}]},"t":"2025-01-01T00:00:00+02:00"}},
         {"id":3,"vector":{},"payload":{"s":null,"n":3,"l":[],"o":null}},
         {"id":4,"vector":{},"payload":{}}]
        """;

    private readonly DoubleServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("""{"key":"s","match":{"value":"red"}}""", 1)]
    [InlineData("""{"key":"n","match":{"value":3}}""", 3)]
    [InlineData("""{"key":"b","match":{"value":false}}""", 2)]
    [InlineData("""{"key":"l","match":{"value":"y"}}""", 1, 2)]
    [InlineData("""{"key":"l","match":{"any":["x","z"]}}""", 1, 2)]
    [InlineData("""{"key":"l","match":{"any":[]}}""")]
    [InlineData("""{"key":"l","match":{"except":["y"]}}""", 1, 2)] // one of the values is another
    [InlineData("""{"key":"s","match":{"except":["red"]}}""", 2)]
    [InlineData("""{"key":"n","match":{"any":[1,3]}}""", 1, 3)]
    [InlineData("""{"key":"s","match":{"text":"fish"}}""", 2)]
    [InlineData("""{"key":"s","match":{"text_any":"bird fish"}}""", 2)]
    [InlineData("""{"key":"s","match":{"prefix":"red"}}""", 1, 2)]
    [InlineData("""{"key":"n","range":{"gte":1,"lt":3}}""", 1, 2)]
    [InlineData("""{"key":"n","range":{"gt":1,"lte":3}}""", 2, 3)]
    [InlineData("""{"key":"t","range":{"gte":"2024-12-31T22:00:00Z"}}""", 2)]
    [InlineData("""{"key":"t","range":{"lt":"2025-01-01"}}""", 1, 2)]
    [InlineData("""{"is_empty":{"key":"l"}}""", 3, 4)]
    [InlineData("""{"is_null":{"key":"s"}}""", 3)]
    [InlineData("""{"key":"l","values_count":{"gte":2}}""", 1, 2)]
    [InlineData("""{"key":"l","values_count":{"lt":1}}""", 3, 4)]
    [InlineData("""{"has_id":[2,4,99]}""", 2, 4)]
    [InlineData("""{"has_vector":"v"}""", 1)]
    [InlineData("""{"key":"o.a","match":{"value":"two"}}""", 2)]
    [InlineData("""{"key":"o.many[].k","match":{"value":2}}""", 1)]
    [InlineData("""{"key":"o.many[0].v","match":{"value":"p"}}""", 1)]
    [InlineData("""{"key":"o.many.k","match":{"value":1}}""")] // an array is gone into only where the path says so
    [InlineData("""{"nested":{"key":"o.many","filter":{"must":[{"key":"k","match":{"value":1}},{"key":"v","match":{"value":"q"}}]}}}""", 2)]
    [InlineData("""{"must":[{"has_id":[1,2]}],"must_not":[{"has_id":[2]}]}""", 1)] // a filter is a condition
    public async Task Condition_lets_through(string condition, params int[] ids)
    {
        await _server.PutAsync(Points);

        Assert.Equal(ids.Select(i => (ulong)i), await _server.FilteredAsync($$"""{"must":{{condition}}}"""));
        Assert.Equal(((ulong[])[1, 2, 3, 4]).Except(ids.Select(i => (ulong)i)), await _server.FilteredAsync($$"""{"must_not":[{{condition}}]}"""));
    }

    [Fact]
    public async Task Clauses_are_those_of_sets()
    {
        var random = new Random(7);
        await _server.PutAsync($"[{string.Join(',', Enumerable.Range(1, 40).Select(i => $$"""{"id":{{i}},"vector":{} }"""))}]");
        for (var round = 0; round < 200; round++)
        {
            var sets = Enumerable.Range(0, 6).Select(_ => Enumerable.Range(1, 40).Where(_ => random.Next(2) == 0).Select(i => (ulong)i).ToHashSet()).ToArray();
            string Has(int i) => $$"""{"has_id":[{{string.Join(',', sets[i])}}]}""";
            var least = random.Next(1, 3);

            var found = await _server.FilteredAsync($$"""{"must":[{{Has(0)}}],"must_not":[{{Has(1)}}],"should":[{{Has(2)}},{{Has(3)}}],"min_should":{"conditions":[{{Has(3)}},{{Has(4)}},{{Has(5)}}],"min_count":{{least}} } }""");

            Assert.Equal(
                Enumerable.Range(1, 40).Select(i => (ulong)i).Where(i => sets[0].Contains(i) && !sets[1].Contains(i) && (sets[2].Contains(i) || sets[3].Contains(i)) && sets[3..6].Count(s => s.Contains(i)) >= least),
                found);
        }
    }

    [Fact]
    public async Task An_empty_filter_lets_all_through_and_an_empty_should_none()
    {
        await _server.PutAsync(Points);

        Assert.Equal(4, (await _server.FilteredAsync("""{"must":[],"must_not":[]}""")).Length);
        Assert.Empty(await _server.FilteredAsync("""{"should":[]}"""));
    }
}
