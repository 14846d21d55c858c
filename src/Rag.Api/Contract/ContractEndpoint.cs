using System.Text.Json;
using Rag.Api.Json;

namespace Rag.Api.Contract;

/// <summary><c>GET /openapi/v1.json</c>: the API for programs and for those who write them. Open to all: it is the same on every server, and tells nothing of documents.</summary>
internal static class ContractEndpoint
{
    private const string Path = "/openapi/v1.json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var written = new Written("", []);
        routes.MapOpen("getOpenApi", Path, http =>
        {
            var path = (http.Request.PathBase + http.Request.Path).ToUriComponent(); // an app may map all of this below a prefix
            var server = path[..^Path.Length];
            var last = Volatile.Read(ref written);
            if (last.Json.Length == 0 || last.Server != server)
            {
                last = new(server, JsonSerializer.SerializeToUtf8Bytes(ContractDocument.Of(routes.DataSources.SelectMany(s => s.Endpoints), server), ApiJson.Default.JsonObject));
                Volatile.Write(ref written, last);
            }

            return Task.FromResult(Results.Bytes(last.Json, "application/json"));
        }).WithSummary("This document").Produces(StatusCodes.Status200OK, "application/json");
    }

    private sealed record Written(string Server, byte[] Json);
}
