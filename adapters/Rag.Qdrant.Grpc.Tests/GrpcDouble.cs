using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Rag.Testing.Qdrant;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc.Tests;

/// <summary>A Qdrant server's gRPC side over the double of its REST side: each request goes through its bytes, is put to the double and answered in messages. Safe for concurrent use.</summary>
internal sealed class GrpcDouble(QdrantDouble server) : CallInvoker, IDisposable
{
    private readonly HttpMessageInvoker _server = new(server, disposeHandler: false);

    /// <summary>The requests that arrived, in their order, with the name of the method.</summary>
    public ConcurrentQueue<(string Method, IMessage Request)> Calls { get; } = [];

    /// <summary>Called before each request with its method; what it throws is what the caller gets.</summary>
    public Func<string, CancellationToken, Task> Between { get; set; } = (_, _) => Task.CompletedTask;

    public void Dispose() => _server.Dispose();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var arrived = OverTheWire((IMessage)request);
        Calls.Enqueue((method.Name, arrived));
        async Task<TResponse> AnswerAsync()
        {
            try
            {
                await Between(method.Name, options.CancellationToken);
                return (TResponse)OverTheWire(await AskAsync(arrived, options.CancellationToken));
            }
            catch (OperationCanceledException e)
            {
                throw new RpcException(new Status(StatusCode.Cancelled, "Call canceled by the client.", e));
            }
        }

        return new(AnswerAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private static IMessage OverTheWire(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteArray());

    private async Task<IMessage> AskAsync(IMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case Proto.HealthCheckRequest:
                var root = await SendAsync("GET", "", null, cancellationToken);
                return new Proto.HealthCheckReply { Title = (string)root["title"]!, Version = (string)root["version"]! };
            case Proto.GetCollectionInfoRequest r:
                return new Proto.GetCollectionInfoResponse { Result = Answers.Collection(await ResultAsync("GET", r.CollectionName, "", null, cancellationToken)) };
            case Proto.CreateCollection r:
                return new Proto.CollectionOperationResponse { Result = (bool)await ResultAsync("PUT", r.CollectionName, "", RestForm.Of(r), cancellationToken) };
            case Proto.CreateFieldIndexCollection r:
                return await UpdateAsync("PUT", r.CollectionName, "/index", RestForm.Of(r), r.Wait, cancellationToken);
            case Proto.CreateVectorNameRequest r:
                return await UpdateAsync("PUT", r.CollectionName, $"/vectors/{r.VectorName}", RestForm.Of(r), r.Wait, cancellationToken);
            case Proto.UpsertPoints r:
                return await UpdateAsync("PUT", r.CollectionName, "/points", RestForm.Of(r), r.Wait, cancellationToken);
            case Proto.DeletePoints r:
                return await UpdateAsync("POST", r.CollectionName, "/points/delete", RestForm.Of(r.Points), r.Wait, cancellationToken);
            case Proto.UpdateBatchPoints r:
                var updates = await ResultAsync("POST", r.CollectionName, "/points/batch" + Wait(r.Wait), RestForm.Of(r), cancellationToken);
                return new Proto.UpdateBatchResponse { Result = { updates.AsArray().Select(u => Answers.Update(u!)) } };
            case Proto.GetPoints r:
                return new Proto.GetResponse { Result = { Answers.Points(await ResultAsync("POST", r.CollectionName, "/points", RestForm.Of(r), cancellationToken), server.Version) } };
            case Proto.ScrollPoints r:
                return Answers.Scroll(await ResultAsync("POST", r.CollectionName, "/points/scroll", RestForm.Of(r), cancellationToken), server.Version);
            case Proto.FacetCounts r:
                return Answers.Facet(await ResultAsync("POST", r.CollectionName, "/facet", RestForm.Of(r), cancellationToken));
            case Proto.QueryPoints r:
                return new Proto.QueryResponse { Result = { Answers.Found(await ResultAsync("POST", r.CollectionName, "/points/query", RestForm.Of(r), cancellationToken), server.Version) } };
            case Proto.QueryBatchPoints r:
                var results = await ResultAsync("POST", r.CollectionName, "/points/query/batch", new() { ["searches"] = new JsonArray([.. r.QueryPoints.Select(RestForm.Of)]) }, cancellationToken);
                return new Proto.QueryBatchResponse { Result = { results.AsArray().Select(f => new Proto.BatchResult { Result = { Answers.Found(f!, server.Version) } }) } };
            case Proto.QueryPointGroups r:
                var groups = await ResultAsync("POST", r.CollectionName, "/points/query/groups", RestForm.Of(r), cancellationToken);
                return new Proto.QueryGroupsResponse { Result = Answers.Groups(groups, server.Version) };
            default:
                throw new NotSupportedException($"The double takes no {message.Descriptor.Name}; add it to GrpcDouble.");
        }
    }

    private static string Wait(bool wait) => wait ? "?wait=true" : "";

    private async Task<Proto.PointsOperationResponse> UpdateAsync(string method, string collection, string path, JsonObject body, bool wait, CancellationToken cancellationToken) =>
        new() { Result = Answers.Update(await ResultAsync(method, collection, path + Wait(wait), body, cancellationToken)) };

    private async Task<JsonNode> ResultAsync(string method, string collection, string path, JsonObject? body, CancellationToken cancellationToken) =>
        (await SendAsync(method, $"collections/{Uri.EscapeDataString(collection)}{path}", body, cancellationToken))["result"]!;

    /// <summary>Puts a request to the double; what it refuses has the status that the server gives over gRPC (its lib/storage/src/content_manager/conversions.rs).</summary>
    private async Task<JsonNode> SendAsync(string method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new(method), $"http://double/{path}") { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        try
        {
            using var reply = await _server.SendAsync(request, cancellationToken);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            return reply.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new RpcException(new Status(CodeOf(reply.StatusCode, text), text.Length == 0 ? "" : (string)JsonNode.Parse(text)!["status"]!["error"]!));
        }
        catch (HttpRequestException e)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "Error connecting to subchannel.", e));
        }
    }

    private static StatusCode CodeOf(HttpStatusCode status, string text) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => StatusCode.InvalidArgument,
        HttpStatusCode.NotFound => text.Length == 0 ? StatusCode.Unimplemented : StatusCode.NotFound,
        HttpStatusCode.Conflict => StatusCode.AlreadyExists,
        _ => StatusCode.Internal,
    };
}
