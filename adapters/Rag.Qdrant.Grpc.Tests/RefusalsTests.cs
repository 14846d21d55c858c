using Grpc.Core;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Qdrant.Grpc.Tests;

public sealed class RefusalsTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(StatusCode.Unavailable, "Error connecting to subchannel.", 4, "'http://double:6334' cannot be reached: Error connecting to subchannel. Start it")]
    [InlineData(StatusCode.DeadlineExceeded, "", 4, "did not answer in time", "allow more time")]
    [InlineData(StatusCode.ResourceExhausted, "Rate limiting exceeded: Read rate limit exceeded, retry later", 4, "has too many requests", "retry later. Wait")]
    [InlineData(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.", 1, "'http://double:6334'", "too long", "MaxReceiveMessageSize", "split the document")]
    [InlineData(StatusCode.Unauthenticated, "Must provide an API key or an Authorization bearer token", 1, "refuses the API key of the QdrantClient: Must provide an API key", "Make the client with a key that may read and write 'docs'")]
    [InlineData(StatusCode.PermissionDenied, "Forbidden: Global access is required", 1, "refuses the API key of the QdrantClient: Forbidden", "Make the client with a key that may read and write 'docs'")]
    [InlineData(StatusCode.NotFound, "Not found: Collection `docs` doesn't exist!", 1, "does not know what was asked of 'docs': NotFound: Not found: Collection `docs` doesn't exist!", "Check the collection's name")]
    [InlineData(StatusCode.InvalidArgument, "Wrong input: Not existing vector name error: dense-2", 1, "could not do what was asked of 'docs'", "Not existing vector name")]
    [InlineData(StatusCode.Internal, "Service internal error: the disk failed", 4, "could not do what was asked of 'docs'", "the disk failed. Look into the server's log")]
    public async Task A_refusal_says_what_happened_and_what_to_do(StatusCode code, string detail, int tries, params string[] parts)
    {
        await using var store = await _server.OpenAsync();
        _server.Grpc.Calls.Clear();
        _server.Grpc.Between = (_, _) => throw new RpcException(new Status(code, detail));

        var error = await Assert.ThrowsAsync<StoreException>(() => store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 1));

        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Equal(tries, _server.Grpc.Calls.Count);
    }

    [Fact]
    public async Task What_is_no_Qdrant_server_is_named_with_the_right_port()
    {
        _server.Grpc.Between = (_, _) => throw new RpcException(new Status(StatusCode.Unimplemented, "Bad gRPC response. HTTP status code: 404"));

        var error = await Assert.ThrowsAsync<StoreException>(() => _server.OpenAsync());

        Assert.Contains("What answers at 'http://double:6334' is not a Qdrant server", error.Message, StringComparison.Ordinal);
        Assert.Contains("gRPC at 6334", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_is_given_it()
    {
        _server.Grpc.Between = (_, _) => throw new RpcException(new Status(StatusCode.ResourceExhausted, "Rate limiting exceeded"), [new("retry-after", "7")]);
        using var invoker = new HttpMessageInvoker(new QdrantGrpcTransport(_server.Client));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://double/collections/docs");

        using var reply = await invoker.SendAsync(request, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(7), reply.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Every_request_that_fails_once_is_tried_again()
    {
        var calls = 0;
        _server.Grpc.Between = (_, _) => Interlocked.Increment(ref calls) % 2 == 1 ? throw new RpcException(new Status(StatusCode.Unavailable, "Connection reset")) : Task.CompletedTask;
        await using var store = await _server.OpenAsync();
        var document = Corpus.Text("a", "one", "two");

        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, _ => [1, 0]));

        Assert.Equal(["a#0", "a#1"], (await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Select(c => c.Chunk.Id));
    }

    [Fact]
    public async Task A_collection_that_another_process_makes_at_the_same_time_is_opened()
    {
        _server.Grpc.Between = async (method, _) =>
        {
            if (method == "Create")
            {
                await using var other = await _server.OpenOverRestAsync();
            }
        };

        await using var store = await _server.OpenAsync();

        Assert.Single(_server.Grpc.Calls, c => c.Method == "Create");
        Assert.Empty(await store.ListDocumentsAsync());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        _server.Grpc.Between = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

        var error = await Assert.ThrowsAsync<StoreException>(() => _server.OpenAsync(options: new() { RetryDelay = TimeSpan.Zero, Timeout = TimeSpan.FromMilliseconds(10) }));

        Assert.Contains("did not answer within 0.01 seconds, four times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_of_a_call_is_no_failure_of_the_server()
    {
        await using var store = await _server.OpenAsync();
        using var source = new CancellationTokenSource();
        _server.Grpc.Between = async (_, cancellationToken) =>
        {
            await source.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 1, source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public void A_transport_needs_a_client() => Assert.Throws<ArgumentNullException>("client", () => new QdrantGrpcTransport(null!));
}
