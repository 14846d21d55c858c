using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Qdrant.Client;
using Rag.Storage;
using Proto = Qdrant.Client.Grpc;

namespace Rag.Qdrant.Grpc;

/// <summary>Carries the requests of a <see cref="QdrantChunkStore"/> over a <see cref="QdrantClient"/>, so over gRPC with the client's own channel, key and deadline. Safe for concurrent use.</summary>
/// <remarks>
/// Give it to <see cref="QdrantChunkStore.OpenAsync"/> as its transport. The store is the same as over REST, and so are its collection, its results and its tries after a failure.
/// The store's address says which collection and is named in errors; <see cref="QdrantStoreOptions.ApiKey"/> is not used, the client has its own.
/// </remarks>
/// <param name="client">Talks to the server; not disposed.</param>
public sealed class QdrantGrpcTransport(QdrantClient client) : HttpMessageHandler
{
    private readonly QdrantClient _client = client ?? throw new ArgumentNullException(nameof(client));

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The request, or a field of it, is not known here.</exception>
    /// <exception cref="StoreException">The server refuses the client's key, or a message is longer than the client's channel takes.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var uri = request.RequestUri!;
        string[] path = [.. uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        using var body = JsonDocument.Parse(request.Content is { Headers.ContentType.MediaType: "application/json" } json ? await json.ReadAsByteArrayAsync(cancellationToken) : "{}"u8.ToArray());
        try
        {
            var answer = path is [_, var collection, .. var rest]
                ? new JsonObject { ["result"] = await ResultAsync(collection, [request.Method.Method, .. rest], body.RootElement, uri.Query == "?wait=true", cancellationToken) }
                : await VersionAsync(cancellationToken);
            return new() { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") };
        }
        catch (RpcException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Status.Detail, e, cancellationToken);
        }
        catch (RpcException e)
        {
            return Refusals.Of(e, uri.GetLeftPart(UriPartial.Authority), path.ElementAtOrDefault(1) ?? "");
        }
    }

    private async Task<JsonObject> VersionAsync(CancellationToken cancellationToken)
    {
        var health = await _client.HealthAsync(cancellationToken);
        return new() { ["title"] = health.Title, ["version"] = health.Version };
    }

    private async Task<JsonNode?> ResultAsync(string collection, string[] route, JsonElement body, bool wait, CancellationToken cancellationToken)
    {
        switch (route)
        {
            case ["GET"]:
                return Replies.Of(await _client.GetCollectionInfoAsync(collection, cancellationToken));
            case ["PUT"]:
                var layout = Requests.Read<Proto.CreateCollection>(body);
                layout.CollectionName = collection;
                await _client.CreateCollectionAsync(layout, cancellationToken);
                return true;
            case ["PUT", "index"]:
                var (field, schema) = (body.GetProperty("field_name").GetString()!, body.GetProperty("field_schema"));
                var type = Enum.Parse<Proto.PayloadSchemaType>(schema.GetProperty("type").GetString()!, ignoreCase: true);
                var tenant = schema.TryGetProperty("is_tenant", out _) ? new Proto.PayloadIndexParams { KeywordIndexParams = new() { IsTenant = true } } : null;
                return Replies.Of(await _client.CreatePayloadIndexAsync(collection, field, type, tenant, wait, cancellationToken: cancellationToken));
            case ["PUT", "vectors", var name]:
                var added = Requests.Read<Proto.CreateVectorNameRequest>(body);
                (added.CollectionName, added.VectorName, added.Wait) = (collection, name, wait);
                return Replies.Of(await _client.CreateVectorNameAsync(added, cancellationToken));
            case ["PUT", "points"]:
                var upsert = Requests.Read<Proto.UpsertPoints>(body);
                (upsert.CollectionName, upsert.Wait) = (collection, wait);
                return Replies.Of(await _client.UpsertAsync(upsert, cancellationToken));
            case ["POST", "points", "delete"]:
                return Replies.Of(await _client.DeleteAsync(collection, Requests.Read<Proto.PointsSelector>(body).Filter, wait, cancellationToken: cancellationToken));
            case ["POST", "points", "batch"]:
                var operations = body.GetProperty("operations").EnumerateArray().Select(Requests.Read<Proto.PointsUpdateOperation>).ToList();
                return Replies.List(await _client.UpdateBatchAsync(collection, operations, wait, cancellationToken: cancellationToken), Replies.Of);
            case ["POST", "points"]:
                var get = Requests.Read<Proto.GetPoints>(body);
                return Replies.List(await _client.RetrieveAsync(collection, get.Ids, get.WithPayload, get.WithVectors ?? false, cancellationToken: cancellationToken), Replies.Of);
            case ["POST", "points", "scroll"]:
                var scroll = Requests.Read<Proto.ScrollPoints>(body);
                var page = await _client.ScrollAsync(collection, scroll.Filter, scroll.Limit, scroll.Offset, scroll.WithPayload, scroll.WithVectors, cancellationToken: cancellationToken);
                return new JsonObject { ["points"] = Replies.List(page.Result, Replies.Of), ["next_page_offset"] = page.NextPageOffset is { } next ? Replies.Of(next) : null };
            case ["POST", "facet"]:
                var facet = Requests.Read<Proto.FacetCounts>(body);
                var counts = await _client.FacetAsync(collection, facet.Key, facet.Filter, facet.Limit, facet.Exact, cancellationToken: cancellationToken);
                return new JsonObject { ["hits"] = Replies.List(counts.Hits, Replies.Of) };
            case ["POST", "points", "query"]:
                var query = Requests.Read<Proto.QueryPoints>(body);
                return Replies.Of(await _client.QueryAsync(collection, query.Query, query.Prefetch, query.HasUsing ? query.Using : null, query.Filter, null, query.Params, query.Limit, 0, query.WithPayload ?? false, query.WithVectors, cancellationToken: cancellationToken));
            case ["POST", "points", "query", "batch"]:
                var queries = body.GetProperty("searches").EnumerateArray().Select(Requests.Read<Proto.QueryPoints>).ToList();
                queries.ForEach(q => q.CollectionName = collection);
                return Replies.List(await _client.QueryBatchAsync(collection, queries, cancellationToken: cancellationToken), r => Replies.Of(r.Result));
            case ["POST", "points", "query", "groups"]:
                var groups = Requests.Read<Proto.QueryPointGroups>(body);
                var found = await _client.QueryGroupsAsync(collection, groups.GroupBy, groups.Query, groups.Prefetch, groups.HasUsing ? groups.Using : null, groups.Filter, null, groups.Params, groups.Limit, groups.GroupSize, groups.WithPayload ?? false, groups.WithVectors, cancellationToken: cancellationToken);
                return new JsonObject { ["groups"] = Replies.List(found, Replies.Of) };
            default:
                throw new NotSupportedException($"The request '{string.Join('/', route)}' does not go over gRPC here; open the store over REST for it.");
        }
    }
}
