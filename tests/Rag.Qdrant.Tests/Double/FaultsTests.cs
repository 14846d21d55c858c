using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests.Double;

public sealed class FaultsTests : IDisposable
{
    private const string Three = """{"points":[{"id":1,"vector":{}},{"id":2,"vector":{}},{"id":3,"vector":{}}]}""";

    private readonly DoubleServer _server = new();

    public void Dispose() => _server.Dispose();

    private Task<(int Status, System.Text.Json.Nodes.JsonNode? Answer)> WriteAsync(CancellationToken cancellationToken = default) => _server.SendAsync("PUT", "collections/c/points?wait=true", Three, cancellationToken);

    private int Written => _server.Server["c"].Points.Count();

    [Fact]
    public async Task No_answer_comes_until_the_caller_gives_up()
    {
        _server.Server.Between = QdrantFaults.NoAnswer;
        using var patience = new CancellationTokenSource();

        var waiting = WriteAsync(patience.Token);
        Assert.False(waiting.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, Written);
    }

    [Fact]
    public async Task A_fault_meets_so_many_requests_of_its_kind()
    {
        _server.Server.Between = QdrantFaults.ServerError.Times(2).On(QdrantFaults.IsWrite);

        Assert.Equal(200, (await _server.SendAsync("GET", "collections/c")).Status);
        Assert.Equal(500, (await WriteAsync()).Status);
        Assert.Equal(500, (await WriteAsync()).Status);
        Assert.Equal(0, Written);
        Assert.Equal(200, (await WriteAsync()).Status);
        Assert.Equal(3, Written);
    }

    [Fact]
    public async Task Too_many_requests_say_when_to_come_again()
    {
        using var http = new HttpClient(_server.Server, disposeHandler: false);
        _server.Server.Between = QdrantFaults.TooManyRequests(7);

        using var reply = await http.GetAsync(new Uri("http://double/collections"));

        Assert.Equal((429, 7), ((int)reply.StatusCode, reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    public async Task A_connection_is_lost_before_or_after_applying(bool after, int written)
    {
        _server.Server.Between = after ? QdrantFaults.ResetAfter : QdrantFaults.ResetBefore;

        await Assert.ThrowsAsync<HttpRequestException>(() => WriteAsync());

        Assert.Equal(written, Written);
        Assert.Equal(after ? 1 : 0, _server.Server.Exchanges.Count);
    }

    [Fact]
    public async Task A_batch_may_be_written_in_part()
    {
        _server.Server.BeforePoint = QdrantFaults.HalfWritten(2);

        Assert.Equal(500, (await WriteAsync()).Status);
        Assert.Equal(2, Written);

        _server.Server.BeforePoint = _ => { };
        Assert.Equal(200, (await WriteAsync()).Status);
        Assert.Equal(3, Written);
    }

    [Fact]
    public async Task A_server_killed_after_writes_is_gone_until_it_is_started_again()
    {
        _server.Server.Between = QdrantFaults.KilledAfterWrites(1);

        Assert.Equal(200, (await _server.SendAsync("POST", "collections/c/points/count", "{}")).Status);
        Assert.Equal(200, (await WriteAsync()).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => WriteAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => _server.SendAsync("GET", "collections"));

        _server.Server.Between = QdrantFaults.None;
        Assert.Equal(200, (await _server.SendAsync("GET", "collections")).Status);
        Assert.Equal(3, Written);
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", true)]
    [InlineData("PUT points", true)]
    [InlineData("POST points", false)]
    [InlineData("POST points/scroll", false)]
    [InlineData("POST points/query/batch", false)]
    [InlineData("POST facet", false)]
    [InlineData("POST points/delete", true)]
    [InlineData("POST points/batch", true)]
    [InlineData("POST points/payload", true)]
    [InlineData("PUT index", true)]
    public void Routes_that_change_something_are_writes(string route, bool write) => Assert.Equal(write, QdrantFaults.IsWrite(route));

    [Fact]
    public async Task Many_clients_at_once_lose_nothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, cancellationToken) =>
        {
            using var http = new HttpClient(_server.Server, disposeHandler: false);
            using var content = new StringContent($$"""{"points":[{"id":{{i}},"vector":{} }]}""", null, "application/json");
            using var reply = await http.PutAsync(new Uri("http://double/collections/c/points"), content, cancellationToken);
            Assert.Equal(200, (int)reply.StatusCode);
        });

        Assert.Equal(200, Written);
        Assert.Equal(200, _server.Server.Exchanges.Count);
    }
}
